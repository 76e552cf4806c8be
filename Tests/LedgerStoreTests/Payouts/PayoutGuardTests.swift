// What nobody can do to payouts, neither the service nor the owner of the database.
import Ledger
import PostgresClient
import Rewards
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct PayoutGuardTests {
  @Test func `what needs approval is not paid without somebody else's`() async throws {
    try await withGuarded(needsApproval: true) { payouts, made, refusal in
      for statement in [
        "UPDATE distributions SET phase = 'paying'",
        """
        UPDATE distributions SET phase = 'paying', decided_at = now(), decided_by = planned_by, decider = 'x'
        """,
      ] {
        #expect(try await refusal(statement) == .checkViolation, "\(statement)")
      }
      for phase in ["paying", "paid", "failed"] {
        let inserted = Self.again("'phase', '\(phase)', 'legs', 1, 'needs_approval', true")
        #expect(try await refusal(inserted) != nil, "\(phase)")
      }
      let decided = Self.again("'phase', 'paying', 'decided_by', gen_random_uuid()")
      #expect(try await refusal(decided) == .insufficientPrivilege)
      _ = try await payouts.store.approve(made.id, hash: made.hash, by: payouts.other)
      #expect(try await payouts.runner.runOnce().credited == 2)
    }
  }

  @Test func `a payout begins at its beginning, and never behind a later one`() async throws {
    try await withGuarded { payouts, made, refusal in
      for statement in [
        Self.again("'phase', 'paid', 'executed_at', now()"), Self.again("'phase', 'rejected', 'reason', 'x'"),
        Self.again("'phase', 'failed', 'reason', 'x', 'legs', 2"),
        Self.again("'phase', 'paying', 'credited', 2, 'refused', 0"),
      ] {
        #expect(try await refusal(statement) == .insufficientPrivilege, "\(statement)")
      }
      #expect(try await refusal(Self.again("'phase', 'paying'")) == .uniqueViolation)
      _ = try await payouts.runner.runOnce()
      guard let first = try await SnapshotReader(pool: payouts.ledger.pool).snapshot(made.snapshot) else {
        throw Surprise(what: "no ranks")
      }
      let revision = try await payouts.revised(first, ["ada": nil])
      // Not while another of the line is under way, nor once later ranks were planned for.
      let second = Self.again("'phase', 'paying', 'snapshot_id', '\(revision.id)'")
      #expect(try await refusal("\(second); \(second)") == .uniqueViolation)
      #expect(try await refusal(second) == nil)
      #expect(try await refusal(Self.again("'phase', 'waiting'")) == .insufficientPrivilege)
    }
  }

  @Test func `nothing is added to a plan, not even by whoever moves it on`() async throws {
    try await withGuarded { payouts, made, refusal in
      _ = try await payouts.runner.runOnce()
      _ = try await payouts.gems()
      let line = """
        INSERT INTO distribution_legs (amount, distribution_number, leg, point_type_id, user_id)
        SELECT 1, %, 3, point_type_id, 'eve' FROM distributions
        """
      let sum = """
        INSERT INTO distribution_sums SELECT %, id, 1, 0, NULL FROM point_types
        WHERE id NOT IN (SELECT point_type_id FROM distribution_sums)
        """
      let retry = "UPDATE distributions SET phase = 'paying'; "
      for statement in [
        line, sum, Self.chunk(1, of: 1...1, attempt: 1), Self.chunk(2, of: 3...3, attempt: 1),
      ] {
        for number in [made.number, 99] {
          let text = statement.replacing("%", with: "\(number)")
          #expect(try await refusal(text) == .insufficientPrivilege, "\(text)")
          #expect(try await refusal(retry + text) == .insufficientPrivilege, "\(text)")
        }
      }
    }
  }

  @Test func `what took effect is not tried again, nor what is not settled`() async throws {
    try await withGuarded { payouts, made, refusal in
      try await payouts.setEnabled(false, "bob")
      let chunk = { (legs: ClosedRange<Int32>, attempt: Int) in
        Self.chunk(2, of: legs, attempt: attempt).replacing("%", with: "\(made.number)")
      }
      // Nothing is posted yet.
      #expect(try await refusal(chunk(2...2, 2)) == .insufficientPrivilege)
      #expect(try await refusal("UPDATE distributions SET phase = 'paid', executed_at = now()") != nil)
      let settle = "UPDATE distribution_chunks SET settled_at = now(), "
      #expect(try await refusal(settle + "credited = 1, refused = 0") == .checkViolation)
      #expect(try await refusal(settle + "credited = 3, refused = -1") == .checkViolation)
      _ = try await payouts.runner.runOnce()
      for (legs, attempt) in [(1...1, 2), (1...2, 2), (2...3, 2), (2...2, 3), (2...2, 1)]
        as [(ClosedRange<Int32>, Int)]
      {
        #expect(try await refusal(chunk(legs, attempt)) == .insufficientPrivilege, "\(legs), \(attempt)")
      }
      #expect(try await refusal(chunk(2...2, 2)) == nil)
      #expect(
        try await refusal(Self.chunk(3, of: 2...2, attempt: 2).replacing("%", with: "\(made.number)"))
          == .insufficientPrivilege)
    }
  }

  /// A chunk of the payout %.
  private static func chunk(_ chunk: Int, of legs: ClosedRange<Int32>, attempt: Int) -> String {
    """
    INSERT INTO distribution_chunks (posting_id, distribution_number, chunk, first_leg, last_leg, attempt)
    VALUES (gen_random_uuid(), %, \(chunk), \(legs.lowerBound), \(legs.upperBound), \(attempt))
    """
  }

  /// Another payout like the first, but for these columns: their names, each with what it is.
  private static func again(_ columns: String) -> String {
    """
    INSERT INTO distributions
    SELECT (jsonb_populate_record(d, jsonb_build_object(
        'id', gen_random_uuid(), 'number', nextval('distribution_numbers'), 'executed_at', NULL,
        'credited', NULL,
        'refused', NULL) || jsonb_build_object(\(columns)))).*
    FROM distributions d WHERE d.number = (SELECT min(number) FROM distributions)
    """
  }
}

/// What became of a statement of the owner's.
private typealias Trying = @Sendable (String) async throws -> SQLState?

/// Runs the body with a payout of two lines that is planned, and nothing else yet.
private func withGuarded(
  needsApproval: Bool = false,
  _ body: @escaping @Sendable (PayoutsUnderTest, Distribution, Trying) async throws -> Void
) async throws {
  let database = try await LedgerDatabase.make()
  let owner = try database.ownerOptions()
  try await withLedger(in: database) { ledger in
    let payouts = PayoutsUnderTest(ledger, type: try await ledger.type())
    for (user, amount) in [("ada", 30), ("bob", 20)] {
      try await ledger.award(Int64(amount), to: payouts.key(user))
    }
    let terms = payouts.terms(payouts.rules([(1...2, 5)]), needsApproval: needsApproval)
    let made = try await payouts.planned(try await payouts.ranks(), terms)
    try await body(payouts, made) { statement in
      try await LedgerDatabase.withSession(owner) { session in
        do throws(PostgresError) {
          try await session.run(script: PostgresSQL("change", Array(statement.utf8)))
          return nil
        } catch {
          return error.state
        }
      }
    }
  }
}
