// Puts right what drifted, in Redis only. A state is written over what was seen there and over nothing else,
// so what came since then stays. But that may have been refused because of what was there: so whatever was
// committed by now is sent once more behind it.
package import BoardStore
import Ledger

package struct MirrorRepair: Sendable {
  private let boards: BoardStore
  private let examiner: MirrorExaminer

  package init(boards: BoardStore, examiner: MirrorExaminer) {
    self.boards = boards
    self.examiner = examiner
  }

  /// Answers for how many accounts it was done.
  package func repair(
    _ drifted: [AccountDrift], in mirror: LiveMirror
  ) async throws(VerificationError) -> Int {
    let keys = drifted.map(\.held.key)
    let rows = try await examiner.ledger(keys)
    // What is no account cannot be written over: nobody knows where its members were.
    let unusable = drifted.filter { rows[$0.held.key] == nil || $0.held.account == nil }
    let ghosts = unusable.compactMap { drift in
      drift.held.packed.map { MirrorGhost.account(Array(drift.held.key.user.text.utf8), packed: $0) }
    }
    if !ghosts.isEmpty { _ = try await remove(ghosts, from: mirror) }
    guard !rows.isEmpty else { return ghosts.count }
    let repairs = drifted.compactMap { drift in
      rows[drift.held.key].map {
        AccountRepair($0, over: drift.held.account == nil ? nil : drift.held.packed)
      }
    }
    try check(await boards.repair(repairs), of: mirror)
    try check(await boards.send(Array(try await examiner.ledger(keys).values)), of: mirror)
    return rows.count + drifted.count { rows[$0.held.key] == nil }
  }

  /// Answers how many were there.
  package func remove(
    _ ghosts: [MirrorGhost], from mirror: LiveMirror
  ) async throws(VerificationError) -> Int {
    try await mirroring { () throws(MirrorUnavailable) in
      try await boards.remove(ghosts, from: mirror.keys)
    }
  }

  private func check(
    _ outcomes: [PointTypeID: SendOutcome], of mirror: LiveMirror
  ) throws(VerificationError) {
    if case .unavailable(let reason)? = outcomes[mirror.pointType] { throw .mirror(reason) }
  }
}
