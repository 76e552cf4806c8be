// Postings through one lane: what is told, what stands in the ledger, and what is left behind.
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct PostingTests {
  @Test func `a credit and a debit are told as they stand in the ledger`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    let (credit, debit) = try await ledger.withLanes { lanes in
      let credit = try #require(await lanes[0].post(.of(.credit(10, to: "ada", in: points))).receipt)
      let debit = try #require(await lanes[0].post(.of(.debit(4, from: "ada", in: points))).receipt)
      return (credit, debit)
    }
    #expect(!credit.isReplay && credit.isProjected && credit.remaining == nil)
    #expect(debit.transactions[0].before == 10 && debit.transactions[0].after == 6)
    let contents = try await ledger.contents()
    contents.check()
    #expect(contents.transactions == credit.transactions + debit.transactions)
    #expect(contents.users == ["ada", "eve"])
  }

  @Test func `everything that a transaction tells comes back`() async throws {
    let ledger = try await TestLedger.make()
    var details = TransactionDetails()
    details.category = "raids"
    details.reason = "because \u{1F600}"
    details.description = "said 'so' \\ \"here\""
    details.actor = "bot"
    details.validatorID = "v1"
    details.relatedTo = "match:7"
    details.tournamentID = "t1"
    details.registrationID = "r1"
    details.metadata = #"{ "b": 1,  "a": [null, "x"] }"#
    details.occurredAt = Instant(microseconds: 1_600_000_000_123_456)
    let leg = Leg(
      account: AccountKey(user: UserID(stored: "cafe\u{301}"), pointType: try ledger.points),
      change: .credit(.max), kind: Kind(stored: "raid"), details: details)
    let receipt = try await ledger.withLanes { try #require(await $0[0].post(.of(leg)).receipt) }
    #expect(receipt.transactions[0].details == details)
    #expect(try await ledger.contents().transactions == receipt.transactions)
  }

  @Test func `a repeat gets the first answer, as it was told then`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes { lanes in
      let posting = Posting.of(.credit(10, to: "ada", in: points), .debit(3, from: "ada", in: points), key: 1)
      let first = try #require(await lanes[0].post(posting).receipt)
      await #expect(lanes[0].post(.of(.credit(1, to: "ada", in: points))).receipt != nil)
      let again = try #require(await lanes[0].post(posting.repeated).receipt)
      #expect(again.isReplay && !first.isReplay)
      #expect(again.posting == posting.id && again.transactions == first.transactions)
    }
    try await ledger.contents().check()
  }

  @Test func `twins in one batch are one posting, and both are told of that one`() async throws {
    let ledger = try await TestLedger.make()
    let posting = Posting.of(.credit(10, to: "ada", in: try ledger.points), key: 1)
    let receipts = try await ledger.withLanes { lanes in
      await lanes[0].post(all: [posting, posting.repeated, posting.repeated]).map(\.receipt)
    }
    #expect(receipts.map { $0?.posting } == [posting.id, posting.id, posting.id])
    #expect(receipts.map { $0?.isReplay } == [false, true, true])
    #expect(receipts[1]?.transactions == receipts[0]?.transactions)
    #expect(try await ledger.contents().transactions.count == 1)
  }

  @Test func `a reversal in parts tells what remains, and so does its repeat`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes { lanes in
      let award = try #require(await lanes[0].post(.of(.credit(10, to: "ada", in: points))).receipt)
      let part = Posting.of(.reversal(of: award.transactions[0], 4), key: 5)
      let first = try #require(await lanes[0].post(part).receipt)
      #expect(first.remaining == 6)
      await #expect(lanes[0].post(.of(.reversal(of: award.transactions[0], nil))).receipt?.remaining == 0)
      await #expect(
        lanes[0].post(.of(.reversal(of: award.transactions[0], nil))).refusal?.reason == .aboveReversible(0))
      let again = try #require(await lanes[0].post(part.repeated).receipt)
      #expect(again.remaining == 6 && again.isReplay && again.transactions == first.transactions)
    }
    try await ledger.contents().check()
  }

  @Test func `a refusal leaves no account and no user, alone and in company`() async throws {
    let ledger = try await TestLedger.make()
    let (points, closed) = (try ledger.points, try #require(ledger.types["closed"]))
    try await ledger.withLanes { lanes in
      let alone = await lanes[0].post(.of(.debit(1, from: "nobody", in: points)))
      #expect(alone.refusal?.reason == .insufficientBalance(available: 0, missing: 1))
      let results = await lanes[0].post(all: [
        .of(.credit(1, to: "ada", in: points)), .of(.debit(1, from: "nobody", in: points), key: 1),
        .of(.credit(1, to: "bob", in: points), .debit(9, from: "nobody", in: points)),
        .of(.credit(1, to: "ada", in: closed)), .of(.credit(1, to: "eve", in: points), key: 2),
      ])
      #expect(results.map { $0.refusal == nil } == [true, false, false, false, false])
      #expect(results[3].refusal?.reason == .typeDisabled && results[4].refusal?.reason == .userDisabled)
      let again = await lanes[0].post(.of(.debit(1, from: "nobody", in: points), key: 1))
      guard case .success(.refused(_, isReplay: true)) = again else {
        Issue.record("a refusal was not remembered: \(again)")
        return
      }
    }
    let contents = try await ledger.contents()
    contents.check()
    #expect(contents.users == ["ada", "eve"] && contents.accounts.count == 1)
    #expect(contents.requests.count == 2)
  }

  @Test func `a type that is not there leaves nothing, and is no answer to keep`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    let gone = PointTypeID(UUIDBits(high: 1, low: 1))
    try await ledger.withLanes { lanes in
      let results = await lanes[0].post(all: [
        .of(.credit(1, to: "nobody", in: gone), key: 1), .of(.credit(1, to: "ada", in: points)),
      ])
      #expect(results[0] == .success(.typeGone(gone)) && results[1].receipt != nil)
      await #expect(lanes[0].post(.of(.credit(1, to: "ada", in: gone), key: 1)) == .success(.typeGone(gone)))
    }
    let contents = try await ledger.contents()
    contents.check()
    #expect(contents.users == ["ada", "eve"] && contents.requests.isEmpty)
  }

  @Test func `a type that was disabled a moment ago is known to be, without being told`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes { lanes in
      await #expect(lanes[0].post(.of(.credit(1, to: "ada", in: points))).receipt != nil)
      try await ledger.run(
        "disable_points",
        """
        UPDATE point_types SET enabled = false WHERE name = 'points';
        UPDATE settings SET generation = generation + 1;
        """)
      await #expect(lanes[0].post(.of(.credit(1, to: "ada", in: points))).refusal?.reason == .typeDisabled)
    }
  }

  @Test func `where users are registered, nobody else gets an account`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.run("register", "INSERT INTO users (id) VALUES ('ada')")
    try await ledger.withLanes(1, { $0.createsUsers = false }) { lanes in
      let posting = Posting.of(
        .credit(1, to: "ada", in: points), .credit(1, to: "nobody", in: points), key: 1)
      let refused = await lanes[0].post(posting)
      #expect(refused.refusal == Refusal(.userUnknown, leg: 1))
      await #expect(lanes[0].post(.of(.credit(1, to: "ada", in: points))).receipt != nil)
      try await ledger.run("register_late", "INSERT INTO users (id) VALUES ('nobody')")
      await #expect(lanes[0].post(posting.repeated).refusal == Refusal(.userUnknown, leg: 1))
      await #expect(lanes[0].post(.of(.credit(1, to: "nobody", in: points), key: 2)).receipt != nil)
    }
    let contents = try await ledger.contents()
    contents.check()
    #expect(contents.users == ["ada", "eve", "nobody"] && contents.accounts.count == 2)
  }

  @Test func `what is shown to mirrors is what stands, with the name, and again for a replay`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.run("name", "INSERT INTO users (id, display_name) VALUES ('ada', 'Ada')")
    let shown = Shown()
    let lane = try await TestLane.start(.forTests, try ledger.database.options()) { accounts in
      shown.add(accounts)
      return [points]
    }
    let posting = Posting.of(.credit(1, to: "ada", in: points), key: 1)
    let first = await lane.post(posting)
    let again = await lane.post(posting.repeated)
    await #expect(lane.post(.of(.debit(7, from: "ada", in: points))).refusal != nil)
    await lane.stop()
    #expect(first.receipt?.isProjected == false && again.receipt?.isProjected == false)
    let account = try #require(try await ledger.contents().accounts.first)
    #expect(shown.all.map(\.account) == Array(repeating: NamedAccount(account, displayName: "Ada"), count: 2))
    // Created without a transaction; a replay finds it as it is.
    #expect(shown.all.map(\.before?.version) == [0, 1])
  }

  @Test func `accounts that were there, and are not since the database was restored, are made again`()
    async throws
  {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes { lanes in
      let both: [Posting] = [.of(.credit(5, to: "ada", in: points)), .of(.credit(1, to: "bob", in: points))]
      await #expect(lanes[0].post(all: both).allSatisfy { $0.receipt != nil })
      try await ledger.run(
        "restore",
        """
        SET session_replication_role = replica;
        DELETE FROM transactions; DELETE FROM accounts; DELETE FROM batches;
        DELETE FROM users WHERE id <> 'eve';
        """)
      let results = await lanes[0].post(all: [
        .of(.credit(7, to: "ada", in: points)), .of(.debit(1, from: "bob", in: points)),
        .of(.credit(2, to: "zoe", in: points)),
      ])
      #expect(results.map { $0.receipt?.transactions[0].after } == [7, nil, 2], "\(results)")
    }
    let contents = try await ledger.contents()
    contents.check()
    #expect(contents.users == ["ada", "eve", "zoe"])
  }
}
