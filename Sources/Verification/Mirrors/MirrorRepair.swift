// Puts right what drifted, in Redis only. States are written by force; whatever was committed since they were
// read is sent once more behind them, so that force never leaves an older state where a newer one was.
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
      drift.held.packed.map { MirrorGhost.account(drift.held.key.user, packed: $0) }
    }
    if !ghosts.isEmpty { _ = try await remove(ghosts, from: mirror) }
    guard !rows.isEmpty else { return ghosts.count }
    try await send(Array(rows.values), .repair, in: mirror)
    try await send(Array(try await examiner.ledger(keys).values), .follow, in: mirror)
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

  private func send(
    _ accounts: [NamedAccount], _ purpose: SendPurpose, in mirror: LiveMirror
  ) async throws(VerificationError) {
    if case .unavailable(let reason)? = await boards.send(accounts, for: purpose)[mirror.pointType] {
      throw .mirror(reason)
    }
  }
}
