// Makes revisions of snapshots, as the desk beside it takes snapshots: in a task of its own that goes on when
// whoever asked is gone, one after the other.
import EventLoop
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient

/// One worker's; used on its loop only.
final class RevisionDesk: Sendable {
  /// Whoever is told that it takes longer finds it by asking for the same again.
  private static let words = PatientDesk.Words(
    overloaded: "Other revisions are being made. Nothing was done.",
    unfinished: "The revision is still being made. The same request again finds what became of it.")

  private let revising: SnapshotRevising
  private let tally: SnapshotTally
  private let desk: PatientDesk

  init(
    settling: PostgresPool, tally: SnapshotTally, _ options: SnapshotDesk.Options, on loop: EventLoop
  ) {
    revising = SnapshotRevising(pool: settling)
    self.tally = tally
    desk = PatientDesk(
      waitersMax: options.waitersMax, requestTimeout: options.requestTimeout, on: loop)
  }

  func revise(
    _ id: SnapshotID, by draft: RevisionDraft, for actor: Actor
  ) async throws(Problem) -> SnapshotRevising.Outcome {
    try await desk.answer(Self.words) { [self] in await make(id, draft, actor) }
  }

  private func make(
    _ id: SnapshotID, _ draft: RevisionDraft, _ actor: Actor
  ) async -> Result<SnapshotRevising.Outcome, Problem> {
    do throws(PostgresError) {
      let outcome = try await revising.revise(id, with: draft.corrections, because: draft.why, by: actor)
      if case .revised = outcome { tally.took(.revision) }
      return .success(outcome)
    } catch {
      return .failure(Problem(explaining: error))
    }
  }
}
