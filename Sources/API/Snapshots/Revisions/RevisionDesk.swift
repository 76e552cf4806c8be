// Makes revisions of snapshots, as the desk beside it takes snapshots: in a task of its own that goes on when
// whoever asked is gone, one after the other.
import EventLoop
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient

/// One worker's; used on its loop only.
final class RevisionDesk: @unchecked Sendable {
  /// So long before the time for an answer is over, whoever waits is answered.
  private static let margin = Duration.seconds(1)

  private let revising: SnapshotRevising
  private let tally: SnapshotTally
  private let options: SnapshotDesk.Options
  private let loop: EventLoop
  private var waiters = 0

  init(
    settling: PostgresPool, tally: SnapshotTally, _ options: SnapshotDesk.Options, on loop: EventLoop
  ) {
    revising = SnapshotRevising(pool: settling)
    self.tally = tally
    self.options = options
    self.loop = loop
  }

  /// Whoever is told that it takes longer finds it by asking for the same again.
  func revise(
    _ id: SnapshotID, by draft: RevisionDraft, for actor: Actor
  ) async throws(Problem) -> SnapshotRevising.Outcome {
    guard waiters < options.waitersMax else {
      throw Problem(
        .overloaded, "Other revisions are being made. Nothing was done.", fields: [.retrySoon])
    }
    waiters += 1
    let told = OneShot<Result<SnapshotRevising.Outcome, Problem>>()
    loop.spawn { [self] in
      told.fulfil(await make(id, draft, actor))
      waiters -= 1
    }
    let patience = loop.spawn { [loop, options] in
      let time = max(.zero, options.requestTimeout - Self.margin)
      guard (try? await loop.sleep(for: time)) != nil else { return }
      told.fulfil(
        .failure(
          Problem(
            .unavailable, "The revision is still being made. The same request again finds what became of it.",
            fields: [.retrySoon])))
    }
    let outcome = await told.value()
    patience.cancel()
    return try outcome.get()
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
