// How far a payout is, whatever was tried how often: each line is counted once.
import Ledger
import PostgresClient
import Rewards
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct PayoutProgressTests {
  @Test func `what was taken back in part and then refused is counted once, and found from both sides`()
    async throws
  {
    try await withCorrection(of: 100) { payouts, correction, prize in
      try await payouts.ledger.deduct(60, from: prize.account)
      var parts: [TransactionID] = []
      for (there, progress) in [
        (0, (2, 0)), (0, (1, 1)), (20, (2, 0)), (0, (1, 1)), (0, (1, 1)), (90, (2, 0)),
      ] as [(Int64, (Int64, Int64))] {
        if there > 0 { try await payouts.ledger.award(there, to: prize.account) }
        if try await payouts.now(correction).phase == .paid { _ = try await payouts.retry(correction) }
        _ = try await payouts.runner.runOnce()
        let now = try await payouts.now(correction)
        #expect(now.progress == .init(credited: progress.0, refused: progress.1), "\(there)")
        let line = try await payouts.store.paidLegs(of: correction, limit: 10)[1]
        if case .posted(let id) = line.outcome { parts.append(id) }
        #expect(line.transactions == parts)
      }
      #expect(parts.count == 3)
      for part in parts {
        let found = try await payouts.store.line(of: part)
        #expect(found?.distribution.id == correction.id && found?.leg.line.number == 2)
      }
    }
  }

  /// Attempts of any length, at whatever an attempt before refused, held against a list of what each line has
  /// come to.
  @Test func `whatever is tried how often, lines and progress are those of the last attempt`() async throws {
    let generators = TestRounds.generators(3)
    try await withPayouts { payouts in
      for generator in generators {
        var random = generator
        let count = Int32.random(in: 5...60, using: &random)
        let users = (1...count).map { "user \(random.seed) \($0)" }
        for (index, user) in users.enumerated() {
          try await payouts.ledger.award(1_000 - Int64(index), to: payouts.key(user))
        }
        let made = try await payouts.planned(
          try await payouts.ranks(), payouts.terms(payouts.rules([(1...Int64(count), 1)])))
        // Of several rounds the users of those before are ranked as well, behind or among them.
        let winners = try await payouts.store.paidLegs(of: made, limit: 100).map(\.line.leg.user)
        var refused: Set<UserID> = []
        for attempt in 1...4 {
          for user in winners where attempt == 1 || refused.contains(user) {
            let isEnabled = Int.random(in: 0..<3, using: &random) == 0
            try await payouts.setEnabled(isEnabled, user.text)
            if isEnabled { refused.remove(user) } else { refused.insert(user) }
          }
          if attempt > 1 { try await payouts.tryAgain(made, upTo: Int32.random(in: 1...7, using: &random)) }
          _ = try await payouts.runner.runOnce()
          try await payouts.compare(made, winners, refused, "attempt \(attempt), seed \(random.seed)")
          if refused.isEmpty { break }
        }
        for user in winners { try await payouts.setEnabled(true, user.text) }
      }
    }
  }
}

extension PayoutsUnderTest {
  /// All that is outstanding, neighbours that were tried as often together.
  fileprivate func tryAgain(_ distribution: Distribution, upTo most: Int32) async throws {
    let legs = try await store.outstanding(of: distribution, limit: 1_000)
    var chunk = try await ledger.pool.first(FindLastChunk(number: distribution.number)) ?? 0
    var chunks: [PayoutChunk] = []
    for leg in legs {
      if let last = chunks.last, last.legs.upperBound + 1 == leg.number, last.attempt == leg.attempts + 1,
        last.legs.count < Int(most)
      {
        chunks[chunks.count - 1] = PayoutChunk(
          posting: last.posting, chunk: last.chunk, legs: last.legs.lowerBound...leg.number,
          attempt: last.attempt)
      } else {
        chunk += 1
        chunks.append(
          PayoutChunk(
            posting: Self.posting(), chunk: chunk, legs: leg.number...leg.number, attempt: leg.attempts + 1))
      }
    }
    try await ledger.pool.execute(InsertDistributionChunks(number: distribution.number, chunks: chunks))
    // What is to be tried again already is not outstanding.
    #expect(try await store.outstanding(of: distribution, limit: 1_000).isEmpty)
    try await ledger.pool.execute(MoveDistribution(number: distribution.number, to: .paying, reason: nil))
    let going = try await now(distribution)
    #expect(going.progress.credited + going.progress.refused == Int64(distribution.legs))
  }

  fileprivate func compare(
    _ distribution: Distribution, _ winners: [UserID], _ refused: Set<UserID>, _ comment: String
  ) async throws {
    let now = try await now(distribution)
    #expect(now.phase == .paid)
    #expect(
      now.progress
        == .init(credited: Int64(winners.count - refused.count), refused: Int64(refused.count)),
      "\(comment)")
    let listed = try await store.list(for: distribution.snapshot, limit: 1)
    #expect(listed == [now], "\(comment)")
    var (last, lines): (Int32, [PaidLeg]) = (0, [])
    while true {
      let page = try await store.paidLegs(of: distribution, after: last, limit: 7)
      lines += page
      guard let end = page.last, page.count == 7 else { break }
      last = end.line.number
    }
    #expect(lines.map(\.line.leg.user) == winners, "\(comment)")
    for line in lines {
      let user = line.line.leg.user
      guard case .posted(let id) = line.outcome else {
        #expect(
          line.outcome == .refused(Refusal(.userDisabled, leg: 0)) && refused.contains(user), "\(comment)")
        continue
      }
      #expect(line.transactions == [id] && !refused.contains(user), "\(comment)")
      #expect(try await ledger.reader.transaction(id)?.account.user == user, "\(comment)")
      let found = try await store.line(of: id)
      #expect(found?.leg == line && found?.distribution.id == distribution.id, "\(comment)")
    }
    (last, lines) = (0, [])
    var outstanding: [UserID] = []
    while true {
      let page = try await store.outstanding(of: distribution, after: last, limit: 3)
      outstanding += page.map(\.leg.user)
      guard let end = page.last, page.count == 3 else { break }
      last = end.number
    }
    #expect(outstanding == winners.filter(refused.contains), "\(comment)")
  }
}
