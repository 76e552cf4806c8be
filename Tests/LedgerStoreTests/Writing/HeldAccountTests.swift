// Somebody else holds an account and does not let go: only who needs that account waits, and not for ever.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct HeldAccountTests {
  @Test func `others in the batch are answered at once, and the held one when it is let go`() async throws {
    try await withHolder("SELECT FROM accounts WHERE user_id = 'held' FOR UPDATE") { ledger, lane, holder in
      let points = try ledger.points
      let answered = Ended()
      async let held = {
        let result = await lane.post(.of(.credit(1, to: "held", in: points)))
        answered.note()
        return result
      }()
      let others = await lane.post(all: (0..<30).map { .of(.credit(1, to: "user\($0)", in: points)) })
      #expect(others.allSatisfy { $0.receipt != nil })
      let noticed = await lane.heldAccounts(within: .seconds(10))
      #expect(noticed == [AccountKey(user: UserID(stored: "held"), pointType: points)])
      await #expect(lane.post(.of(.credit(1, to: "late", in: points))).receipt != nil)
      #expect(!answered.isOver)
      holder.letGo()
      let late = await held
      #expect(late.receipt != nil, "\(late)")
      await #expect(lane.post(.of(.credit(1, to: "held", in: points))).receipt?.transactions[0].version == 3)
    }
  }

  @Test func `while a lane waits for a lock the others get on as if it were not there`() async throws {
    let hold = "SELECT FROM accounts WHERE user_id = 'held' FOR UPDATE"
    try await withHolder(hold, lockTimeout: .seconds(25), furtherLane: .seconds(4)) { ledger, lane, holder in
      let points = try ledger.points
      async let held = lane.post(.of(.credit(1, to: "held", in: points)))
      // Else the next one would share its batch.
      await lane.untilBusy(1)
      // The first of them waits until that lane is taken for stuck, and none after it: if all did, they
      // would outlast the time-out of its lock.
      for _ in 0..<8 {
        await #expect(lane.post(.of(.credit(1, to: "other", in: points))).receipt != nil)
      }
      // The lane waits still: after its time it would tell which account is held.
      await #expect(lane.heldAccounts.isEmpty)
      holder.letGo()
      await #expect(held.receipt != nil)
    }
  }

  @Test func `a large posting that waits for a lock holds up no other large one`() async throws {
    let hold = "SELECT FROM accounts WHERE user_id = 'held' FOR UPDATE"
    try await withHolder(hold, lockTimeout: .seconds(30)) { ledger, lane, holder in
      let points = try ledger.points
      let users = (0..<200).map { "user\($0)" }
      let answered = Ended()
      async let held = {
        let result = await lane.post(.of((users + ["held"]).map { .credit(1, to: $0, in: points) }))
        answered.note()
        return result
      }()
      let start = ContinuousClock.now
      for round in 0..<3 {
        // None of them has an account that the other has locked.
        let others: [Leg] = (0..<200).map { .credit(1, to: "other\(round) \($0)", in: points) }
        await #expect(lane.post(.of(others)).receipt?.transactions.count == 200)
      }
      // Behind the other they would wait until its lock times out.
      #expect(ContinuousClock.now - start < .seconds(15))
      #expect(!answered.isOver)
      await #expect(lane.heldAccounts.isEmpty)
      holder.letGo()
      await #expect(held.receipt?.transactions.count == 201)
    }
  }

  @Test func `an account that is never let go is busy, within the patience, and then works`() async throws {
    try await withHolder("SELECT FROM accounts WHERE user_id = 'held' FOR UPDATE", patience: .seconds(15)) {
      ledger, lane, holder in
      let points = try ledger.points
      let start = ContinuousClock.now
      let results = await lane.post(
        all: (0..<20).map { .of(.credit(1, to: "held", in: points), key: UInt64($0)) }
          + [.of(.credit(1, to: "other", in: points))])
      #expect(results.last?.receipt != nil)
      #expect(results.dropLast().allSatisfy { $0.error == .accountBusy }, "\(results)")
      #expect(ContinuousClock.now - start < .seconds(60))
      await #expect(lane.heldAccounts.isEmpty, "nobody waits for it any more")
      holder.letGo()
      let again = await lane.post(
        all: (0..<20).map { .of(.credit(1, to: "held", in: points), key: UInt64($0)) })
      #expect(again.allSatisfy { $0.receipt?.isReplay == false })
    }
  }

  @Test func `an account that somebody is creating holds up nobody else either`() async throws {
    let create =
      "INSERT INTO users (id) VALUES ('held2'); "
      + "INSERT INTO accounts SELECT 'held2', id, 0, 0, 0, 0, 0, 0, NULL, NULL, now(), NULL, true "
      + "FROM point_types WHERE name = 'points'"
    try await withHolder(create) { ledger, lane, holder in
      let points = try ledger.points
      async let held = lane.post(.of(.credit(1, to: "held2", in: points)))
      let others = await lane.post(all: (0..<30).map { .of(.credit(1, to: "user\($0)", in: points)) })
      #expect(others.allSatisfy { $0.receipt != nil })
      await #expect(lane.post(.of(.credit(1, to: "late", in: points))).receipt != nil)
      holder.letGo()
      let late = await held
      #expect(late.receipt != nil, "\(late)")
    }
  }

  /// Runs the body while a session holds what the script locked, until it lets go; what it did is undone.
  private func withHolder(
    _ script: String, patience: Duration = .seconds(60), lockTimeout: Duration = .milliseconds(250),
    furtherLane: Duration = .milliseconds(20),
    _ body: @escaping @Sendable (TestLedger, TestLane, Holder) async throws -> Void
  ) async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes(
      1,
      {
        $0.patience = patience
        $0.waitForFurtherLane = furtherLane
      },
      connection: {
        $0.lockTimeout = lockTimeout
        $0.statementTimeout = .seconds(30)
      }
    ) { lanes in
      await #expect(lanes[0].post(.of(.credit(1, to: "held", in: points))).receipt != nil)
      let options = try ledger.database.ownerOptions(application: "holder")
      let holder = Holder()
      async let holding: Void = holder.hold(SQL.script("hold", script), options)
      await holder.holds.wait()
      do {
        try await body(ledger, lanes[0], holder)
      } catch {
        Issue.record(error)
      }
      holder.letGo()
      try await holding
    }
    let contents = try await ledger.contents()
    contents.check()
  }
}

/// A session that keeps its transaction open.
final class Holder: Sendable {
  let holds = Ended()
  private let mayEnd = Ended()

  func letGo() { mayEnd.note() }

  func hold(_ script: PostgresSQL, _ options: PostgresConnectionOptions) async throws {
    defer { holds.note() }
    try await LedgerDatabase.withSession(options) { [self] session in
      try await session.run(script: .begin)
      try await session.run(script: script)
      holds.note()
      await mayEnd.wait()
      try await session.run(script: .rollBack)
    }
  }
}

extension PostgresSQL {
  fileprivate static let begin = SQL.script("begin_holding", "BEGIN")
  fileprivate static let rollBack = SQL.script("end_holding", "ROLLBACK")
}
