// Pays what is planned: posting by posting, in their order. Each is posted under a key that only its place in
// the plan makes, so whoever posts it again, at the same time or years later, is told what came of the first;
// and whoever is stopped anywhere leaves nothing that another does not finish.
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

  private let pool: PostgresPool
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

  /// All that is to be paid by now. Tells after each posting how many of how many lines are posted.
  package func runOnce(
    _ tell: (_ done: Int64, _ of: Int64) -> Void = { _, _ in }
  ) async throws(PostgresError) -> Outcome {
    var outcome = Outcome()
    for distribution in try await pool.query(ListUnpaidDistributions(limit: Self.payoutsAtOnce)) {
      guard !Task.isCancelled else { break }
      await passed(.found)
      try await pay(distribution, &outcome, tell)
    }
    return outcome
  }

  private func pay(
    _ distribution: Distribution, _ outcome: inout Outcome, _ tell: (Int64, Int64) -> Void
  ) async throws(PostgresError) {
    while !Task.isCancelled {
      guard let chunk = try await pool.first(FindNextChunk(number: distribution.number)) else {
        try await pool.execute(FinishDistribution(number: distribution.number))
        await passed(.finished)
        outcome.paid += 1
        return
      }
      guard try await post(chunk, of: distribution, &outcome) else { return }
      tell(Int64(chunk.legs.upperBound), Int64(distribution.legs))
    }
  }

  /// Whether it goes on behind it.
  private func post(
    _ chunk: PayoutChunk, of distribution: Distribution, _ outcome: inout Outcome
  ) async throws(PostgresError) -> Bool {
    let posting = try await posting(chunk, of: distribution)
    await passed(.read)
    let began = lanes.loop.clock.now
    let result: Result<PostingOutcome, LedgerError>
    do throws(LedgerError) {
      result = .success(try await lanes.post(posting))
    } catch {
      result = .failure(error)
    }
    await passed(.posted)
    switch result {
    case .success(.posted(let receipt)):
      try await pool.execute(
        SettleChunk(
          number: distribution.number, chunk: chunk.chunk, credited: Int32(receipt.transactions.count),
          refused: Int32(receipt.refusedLegs.count)))
      await passed(.settled)
      tally.posted(credited: receipt.transactions.count, refused: receipt.refusedLegs.count)
      outcome.postings += 1
      outcome.credited += receipt.transactions.count
      outcome.refused += receipt.refusedLegs.count
      await pause(after: .nanoseconds(lanes.loop.clock.now.nanoseconds(since: began)))
      return true
    case .success(.inFlight):
      outcome.trouble.append("\(distribution.id): another posts chunk \(chunk.chunk) just now")
    case .success(.refused(let refusal, _)):
      try await fail(distribution, "chunk \(chunk.chunk) was refused: \(refusal.sentence)", &outcome)
    case .success(.conflicting):
      try await fail(distribution, "the key of chunk \(chunk.chunk) stands for another posting", &outcome)
    case .success(.typeGone(let type)):
      try await fail(distribution, "the point type \(type) is gone", &outcome)
    case .failure(let error):
      outcome.trouble.append("\(distribution.id): chunk \(chunk.chunk): \(error)")
    }
    return false
  }

  /// Others post as well: as long as a posting took, they have the ledger for themselves.
  private func pause(after took: Duration) async {
    try? await lanes.loop.sleep(for: min(took, .milliseconds(100)))
  }

  private func fail(
    _ distribution: Distribution, _ reason: String, _ outcome: inout Outcome
  ) async throws(PostgresError) {
    try await pool.execute(MoveDistribution(number: distribution.number, to: .failed, reason: reason))
    tally.failed()
    outcome.failed += 1
  }

  // MARK: A posting

  private func posting(
    _ chunk: PayoutChunk, of distribution: Distribution
  ) async throws(PostgresError) -> Posting {
    let lines = try await pool.query(
      ReadDistributionLegs(
        number: distribution.number, after: chunk.legs.lowerBound - 1, limit: chunk.legs.count))
    guard lines.count == chunk.legs.count else { throw .unexpectedRowCount(lines.count) }
    var legs: [Leg] = []
    legs.reserveCapacity(lines.count)
    for line in lines { legs.append(try await leg(line, chunk, of: distribution)) }
    return Posting(
      id: chunk.posting, legs: legs, request: Self.request(chunk, of: distribution),
      service: distribution.planned.service, isByAdmin: false, decision: .legByLeg)
  }

  private func leg(
    _ line: NumberedLeg, _ chunk: PayoutChunk, of distribution: Distribution
  ) async throws(PostgresError) -> Leg {
    var details = TransactionDetails()
    details.relatedTo = distribution.id.description
    details.reason = distribution.reason(for: line.leg)
    guard case .takeBack(let original) = line.leg.change else {
      return Leg(
        account: line.leg.account, change: .credit(line.leg.amount), kind: .distribution, details: details)
    }
    guard let reversible = try await pool.first(ReadReversibles(first: original, last: original)) else {
      throw .unexpectedRowCount(0)
    }
    var amount = line.leg.amount
    if chunk.attempt > 1 {
      let taken = SumTakenBack(number: distribution.number, original: original)
      amount -= try await pool.first(taken) ?? 0
    }
    return Leg(
      account: line.leg.account,
      change: .reversal(Reversal(original: reversible, amount: amount, allowsPartial: true)),
      kind: .reversal, details: details)
  }

  /// No caller's key begins with a zero.
  private static func request(_ chunk: PayoutChunk, of distribution: Distribution) -> Request {
    var content = RequestContent(.distribution)
    content.add(.relatedTo, distribution.id.bits)
    content.add(.legs, Int64(chunk.chunk))
    let key: [UInt8] = [0] + Array("payout \(distribution.id) \(chunk.chunk)".utf8)
    return Request(service: distribution.planned.service, key: key, content: content)
  }
}

extension Distribution {
  /// What the transaction tells the user.
  fileprivate func reason(for leg: PayoutLeg) -> String {
    let ranks = period.map { "\(board.name) \($0.label)" } ?? board.name
    switch (leg.change, leg.standing) {
    case (.give, let standing?): return "rank \(standing.rank) of \(ranks)"
    case (.takeBack, let standing?): return "ranks of \(ranks) corrected to rank \(standing.rank)"
    case (.give, nil), (.takeBack, nil): return "ranks of \(ranks) corrected"
    }
  }
}
