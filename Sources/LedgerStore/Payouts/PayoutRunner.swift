// Pays what is planned, posting by posting. Each is posted under a key that only its place in the plan makes,
// so whoever posts it again, at the same time or years later, is told what came of the first; and whoever is
// stopped anywhere leaves nothing that another does not finish.
import EventLoop
import Ledger
package import PostgresClient

/// Used on the loop of its lanes only.
package struct PayoutRunner: Sendable {
  package struct Outcome: Sendable, Equatable {
    package var paid = 0
    package var postings = 0
    package var credited = 0
    package var refused = 0
    /// Payouts that cannot go on, and those that could not just now.
    package var failed = 0
    package var trouble: [String] = []
  }

  /// How far it is; for whoever looks on.
  package enum Step: Sendable, CaseIterable {
    case found, read, posted, settled, finished
  }

  private static let payoutsAtOnce = 16
  /// Then it is the turn of the next payout: a large one keeps no small one waiting for long.
  private static let postingsOfATurn = 16

  let pool: PostgresPool
  private let lanes: LedgerLanes
  private let tally: PayoutTally
  private let passed: @Sendable (Step) async -> Void

  package init(
    pool: PostgresPool, lanes: LedgerLanes, tally: PayoutTally = PayoutTally(),
    passed: @escaping @Sendable (Step) async -> Void = { _ in }
  ) {
    self.pool = pool
    self.lanes = lanes
    self.tally = tally
    self.passed = passed
  }

  /// All that is to be paid, also what is planned meanwhile. Tells after each posting how many of how many
  /// lines are posted.
  package func runOnce(
    _ tell: (_ done: Int64, _ of: Int64) -> Void = { _, _ in }
  ) async throws(PostgresError) -> Outcome {
    var outcome = Outcome()
    var stuck: Set<Int32> = []
    var pace = PayoutPace()
    while !Task.isCancelled {
      let unpaid = try await pool.query(
        ListUnpaidDistributions(limit: Self.payoutsAtOnce, excluding: stuck.sorted()))
      guard !unpaid.isEmpty else { break }
      for distribution in unpaid where !Task.isCancelled {
        await passed(.found)
        do throws(PostgresError) {
          guard case .stuck = try await pay(distribution, &outcome, &pace, tell) else { continue }
        } catch {
          outcome.trouble.append("\(distribution.id): \(error)")
        }
        // The others go on.
        stuck.insert(distribution.number)
      }
    }
    return outcome
  }

  // MARK: A turn

  private enum Turn: Equatable {
    case goesOn, paid, stuck(Obstacle)
  }

  /// Why a payout does not go on.
  private enum Obstacle: Equatable {
    /// Later it may.
    case passing(String)
    case lasting(String)
  }

  /// A posting that is made just now.
  private struct Sent {
    let chunk: PayoutChunk
    let at: MonotonicInstant
    let result: OneShot<Result<PostingOutcome, LedgerError>>
  }

  /// While some postings are shown to Redis the next are made in Postgres. Where others post as well it is
  /// one after the other, with time between them. Answers whether there is more of it.
  private func pay(
    _ distribution: Distribution, _ outcome: inout Outcome, _ pace: inout PayoutPace,
    _ tell: (Int64, Int64) -> Void
  ) async throws(PostgresError) -> Turn {
    var sent: [Sent] = []
    var turn = Turn.goesOn
    var (last, count): (Int32, Int) = (0, 0)
    repeat {
      while turn == .goesOn, sent.count < pace.postingsAtOnce, count < Self.postingsOfATurn,
        !Task.isCancelled
      {
        guard let chunk = try await pool.first(FindNextChunk(number: distribution.number, after: last))
        else {
          turn = .paid
          break
        }
        let posting = try await posting(chunk, of: distribution)
        await passed(.read)
        sent.append(Sent(chunk: chunk, at: lanes.loop.clock.now, result: lanes.begin(posting)))
        (last, count) = (chunk.chunk, count + 1)
      }
      guard !sent.isEmpty else { break }
      let first = sent.removeFirst()
      if let obstacle = try await settle(first, of: distribution, &outcome, &pace, besides: sent.count) {
        // Of several the first tells the most; what was sent besides is settled all the same.
        if case .stuck = turn {} else { turn = .stuck(obstacle) }
      } else {
        tell(Int64(first.chunk.legs.upperBound), Int64(distribution.legs))
      }
    } while true
    try await end(turn, of: distribution, &outcome)
    return turn
  }

  /// Once nothing of it is under way any more: ranks whose payout has failed may be paid for otherwise.
  private func end(
    _ turn: Turn, of distribution: Distribution, _ outcome: inout Outcome
  ) async throws(PostgresError) {
    switch turn {
    case .goesOn: break
    case .paid:
      try await pool.execute(FinishDistribution(number: distribution.number))
      await passed(.finished)
      outcome.paid += 1
    case .stuck(.passing(let reason)):
      outcome.trouble.append("\(distribution.id): \(reason)")
    case .stuck(.lasting(let reason)):
      try await pool.execute(
        MoveDistribution(number: distribution.number, to: .failed, reason: reason))
      tally.failed()
      outcome.failed += 1
    }
  }

  /// Nil where it goes on behind it.
  private func settle(
    _ sent: Sent, of distribution: Distribution, _ outcome: inout Outcome, _ pace: inout PayoutPace,
    besides others: Int
  ) async throws(PostgresError) -> Obstacle? {
    let chunk = sent.chunk
    let result = await sent.result.value()
    await passed(.posted)
    switch result {
    case .success(.posted(let receipt)):
      let batches = try await pool.first(
        SettleChunk(
          number: distribution.number, chunk: chunk.chunk, credited: Int32(receipt.transactions.count),
          refused: Int32(receipt.refusedLegs.count)))
      await passed(.settled)
      tally.posted(credited: receipt.transactions.count, refused: receipt.refusedLegs.count)
      outcome.postings += 1
      outcome.credited += receipt.transactions.count
      outcome.refused += receipt.refusedLegs.count
      // A posting that changes nothing any more is no batch.
      guard !receipt.isReplay, !receipt.transactions.isEmpty else { return nil }
      let took = Duration.nanoseconds(lanes.loop.clock.now.nanoseconds(since: sent.at))
      let pause = pace.pause(after: took, batches: batches, ownUnderWay: others)
      if pause > .zero { try? await lanes.loop.sleep(for: pause) }
      return nil
    case .success(.inFlight): return .passing("another posts chunk \(chunk.chunk) just now")
    case .success(.refused(let refusal, _)):
      return .lasting("chunk \(chunk.chunk) was refused: \(refusal.sentence)")
    case .success(.conflicting):
      return .lasting("the key of chunk \(chunk.chunk) stands for another posting")
    case .success(.typeGone(let type)): return .lasting("the point type \(type) is gone")
    case .failure(let error): return .passing("chunk \(chunk.chunk): \(error)")
    }
  }
}
