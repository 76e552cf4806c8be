// What is closed for good and stored elsewhere leaves Redis. One number a board remains, so that whoever is
// late does not bring any of it back.
import BoardScripts
import Boards
package import Ledger
import RedisClient

extension BoardStore {
  /// Forgets this period of a board and all before it. Periods are closed in their order; the last number
  /// there can be stands for a board that is gone. May be repeated.
  package func retire(_ pointType: PointTypeID, _ slot: SlotKey) async throws(MirrorUnavailable) {
    let (first, isLast) = slot.period.addingReportingOverflow(1)
    try await retire(pointType, [(slot.board, isLast ? Int64(slot.period) + 1 : Int64(first))])
  }

  /// Forgets whatever is known to be closed of the defined boards: for a mirror that has just become one of
  /// this ledger.
  package func retireClosed(of pointType: PointTypeID) async throws(MirrorUnavailable) {
    let closed = boards(of: pointType).all.filter { $0.firstPeriod > .min }
    guard !closed.isEmpty else { return }
    try await retire(pointType, closed.map { ($0.number, Int64($0.firstPeriod)) })
  }

  private func retire(
    _ pointType: PointTypeID, _ boards: [(board: Int32, first: Int64)]
  ) async throws(MirrorUnavailable) {
    guard incarnation != nil else { throw .untrusted }
    if knownEpochs(of: pointType) == nil, let learnt = await learnEpochs(of: [pointType])[pointType] {
      _ = try learnt.get()
    }
    var remaining = boards
    // An epoch may begin or end between any two calls.
    for _ in 0..<3 where !remaining.isEmpty {
      let calls = remaining.map { retiringCall(pointType, $0.board, $0.first) }
      var moved: [(board: Int32, first: Int64)] = []
      for (board, reply) in zip(remaining, await redis.call(calls)) {
        guard let parts = try reply.parts(), let first = parts.first else { throw .damaged }
        guard first == Self.moved else { continue }
        try noteMove(of: pointType, parts)
        moved.append(board)
      }
      remaining = moved
    }
    guard remaining.isEmpty else { throw .building }
  }

  private func retiringCall(_ pointType: PointTypeID, _ board: Int32, _ first: Int64) -> RedisScriptCall {
    let epochs = knownEpochs(of: pointType) ?? MirrorEpochs()
    return RedisScriptCall(
      BoardScripts.retireSlots,
      keys: [MirrorKeys.epochs(of: pointType, in: layout)]
        + [epochs.live, epochs.building].compactMap(\.self).flatMap { [$0.accounts, $0.sums] },
      arguments: [
        identity, epochs.live?.epochText ?? [], epochs.building?.epochText ?? [],
        Array(SlotKey(board: board, period: 0).hexadecimal[..<8]), "\(first)".utf8.bytes,
      ])
  }
}
