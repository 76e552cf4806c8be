// A snapshot held against a board. Two plain commands tell of some hundreds of places all that is needed: who
// stands there, and what the accounts say. They are compared here, as the bytes that came; only what is not
// where it was expected is asked for once more.
import BoardScripts
import Boards
package import Ledger
import RedisClient

/// What a board must show of an account that is as it was after so many transactions.
package struct ToldPlace: Sendable {
  package let user: UserID
  package let version: Int64
  package let score: Int64
  package let reachedAt: Instant

  package init(user: UserID, version: Int64, score: Int64, reachedAt: Instant) {
    self.user = user
    self.version = version
    self.score = score
    self.reachedAt = reachedAt
  }
}

extension BoardStore {
  /// So many places are read by one command: more would keep Redis from everybody else for too long.
  private static var comparedMax: Int { 512 }
  /// So many more are read on either side, for those that have moved a little.
  private static var margin: Int64 { 16 }

  /// How many of these accounts, in the order of a board, are as they should be, and which are not: they say
  /// something else, or are not where they should be, or are older. Those that have gone on are neither.
  /// `offset` is how many were listed before the first of them. Of a period that is closed for good nothing
  /// is there to be compared.
  package func compare(
    _ places: [ToldPlace], behind offset: Int64, on board: MirrorBoard, in keys: MirrorKeys
  ) async throws(MirrorUnavailable) -> (agreed: Int64, others: [ToldPlace]) {
    let pieces = stride(from: 0, to: places.count, by: Self.comparedMax).map { begin in
      places[begin..<min(begin + Self.comparedMax, places.count)]
    }
    let commands = pieces.map { piece in
      reading(piece, behind: offset + Int64(piece.startIndex), on: board, in: keys)
    }
    var replies = await redis.send(commands.flatMap(\.self))[...]
    var agreed: Int64 = 0
    var others: [ToldPlace] = []
    for (piece, commands) in zip(pieces, commands) {
      let answers = Array(replies.prefix(commands.count))
      replies = replies.dropFirst(commands.count)
      let behind = offset + Int64(piece.startIndex)
      guard var comparison = try comparison(of: piece, behind: behind, on: board, answers) else { continue }
      try await lookUp(&comparison, on: board, in: keys)
      agreed += Int64(comparison.agreed.count)
      others += comparison.others.map { places[$0] }
    }
    return (agreed, others)
  }

  /// The accounts come last, and the marker with them: what was read before was of the same mirror, and no
  /// account is older than its place.
  private func reading(
    _ piece: ArraySlice<ToldPlace>, behind offset: Int64, on board: MirrorBoard, in keys: MirrorKeys
  ) -> [RedisCommand] {
    var members = RedisCommand("ZRANGE", key: board.set.key(in: keys))
    members.add(max(0, offset - Self.margin))
    members.add(offset + Int64(piece.count) - 1 + Self.margin)
    members.add("WITHSCORES")
    var accounts = RedisCommand("HMGET", key: keys.accounts, [[]])
    for place in piece { accounts.add(place.user.text.utf8.bytes) }
    guard case .slot(let slot, _) = board else { return [members, accounts] }
    return [members, RedisCommand("HGET", key: keys.sums, [MirrorKeys.lowestKept(of: slot.board)]), accounts]
  }

  /// Nil where the period is closed for good.
  private func comparison(
    of piece: ArraySlice<ToldPlace>, behind offset: Int64, on board: MirrorBoard, _ answers: [RedisReply]
  ) throws(MirrorUnavailable) -> PlaceComparison? {
    guard let first = answers.first, let last = answers.last else { throw .damaged }
    let accounts = try ownParts(last).parts.dropFirst()
    guard accounts.count == piece.count, let members = try first.parts() else { throw .damaged }
    if case .slot(let slot, _) = board, try !isKept(slot, lowest: answers[1]) { return nil }
    var comparison = PlaceComparison(piece, on: board)
    comparison.compare(accounts, with: members, behind: Int(min(offset, Self.margin)))
    return comparison
  }

  /// The lowest period of a board that is still there stands beside the sums (`keep_slots.lua`).
  private func isKept(_ slot: SlotKey, lowest: RedisReply) throws(MirrorUnavailable) -> Bool {
    switch lowest {
    case .absent: return true
    case .value(let digits):
      guard let lowest = digits.integerText else { throw .damaged }
      return Int64(slot.period) >= lowest
    case .unavailable(let reason): throw .redis(reason)
    case .failed(let error): throw .failed(error)
    }
  }

  /// Whoever is not near, and the scores that dense ranks are counted in, are asked for one by one.
  private func lookUp(
    _ comparison: inout PlaceComparison, on board: MirrorBoard, in keys: MirrorKeys
  ) async throws(MirrorUnavailable) {
    comparison.found(try await scores(of: comparison.strayMembers, in: board.set.key(in: keys)))
    guard case .slot(let slot, let order) = board, order.style == .dense else { return }
    let told = comparison.agreedScores
    let counted = try await scores(
      of: told.map { score in
        var bytes: [UInt8] = []
        bytes.append(bigEndian: score)
        return bytes
      }, in: keys.scores(of: slot))
    let missing = zip(told, counted).filter { $1 != ScoreEncoding.score(of: order.merit(of: $0)) }
    comparison.missing(Set(missing.map(\.0)))
  }

  private func scores(
    of members: [[UInt8]], in key: [UInt8]
  ) async throws(MirrorUnavailable) -> [Double?] {
    guard !members.isEmpty else { return [] }
    let reply = await redis.call(BoardScripts.findScores, keys: [key], arguments: members)
    guard let parts = try reply.parts(), parts.count == members.count else { throw .damaged }
    return parts.map(\.score)
  }
}

extension RedisValue {
  fileprivate var integerText: Int64? { bytes.flatMap { Int64(String(decoding: $0, as: UTF8.self)) } }
}
