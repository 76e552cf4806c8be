// What nobody can do to rewards that were said, neither the service nor the owner of the database.
import Ledger
import LedgerStore
import PostgresClient
import Rewards
import TestSupport
import Testing

@Suite struct RewardGuardTests {
  private static let statements = [
    "UPDATE reward_rules SET max_rank = 5", "UPDATE reward_rules SET active = false",
    "UPDATE reward_rules SET valid_from = valid_from - interval '1 hour'",
    "UPDATE reward_rules SET valid_until = NULL, ended_by = NULL WHERE valid_until IS NOT NULL",
    "UPDATE reward_rules SET valid_until = valid_from + interval '1 us', ended_by = 'x' WHERE revision = 2",
    "DELETE FROM reward_rules", "TRUNCATE reward_rules CASCADE",
    "UPDATE reward_rule_amounts SET amount = 1", "DELETE FROM reward_rule_amounts",
    "TRUNCATE reward_rule_amounts",
    """
    INSERT INTO reward_rule_amounts (rule_id, revision, point_type_id, amount)
    SELECT rule_id, revision, (SELECT id FROM point_types WHERE name = 'gems'), 5 FROM reward_rules
    """,
    """
    INSERT INTO reward_rules
    SELECT gen_random_uuid(), 1, point_type_id, board, name, 50, 60, above_share, top_share, active,
      valid_from - interval '1 hour', NULL, decided_by, NULL FROM reward_rules
    """,
    """
    INSERT INTO reward_rules
    SELECT gen_random_uuid(), 1, point_type_id, board, name, 50, 60, above_share, top_share, active,
      reward_clock(), reward_clock() + interval '1 hour', decided_by, 'x' FROM reward_rules
    """,
    "UPDATE reward_terms SET ties = 'earliest'", "DELETE FROM reward_terms", "TRUNCATE reward_terms CASCADE",
    "UPDATE reward_budgets SET amount = 6", "DELETE FROM reward_budgets", "TRUNCATE reward_budgets",
    """
    INSERT INTO reward_budgets (terms_id, point_type_id, amount)
    SELECT id, (SELECT id FROM point_types WHERE name = 'gems'), 5 FROM reward_terms
    """,
  ]

  @Test(arguments: [false, true])
  func `what was said is never changed`(byOwner: Bool) async throws {
    try await withRewards { rewards in
      let rule = try await rewards.create(.ranks(1...3))
      try await rewards.update(rule.id) { $0.reach = .ranks(1...4) }
      let terms = RewardTermsTraits(RewardTerms(budgets: [rewards.points: 1_000]))
      _ = try await rewards.terms.set(terms, in: rewards.common)
      let before = try #require(try await rewards.set())
      let options = byOwner ? try rewards.database.ownerOptions() : try rewards.database.options()
      for statement in Self.statements {
        let refusal = try await Self.refusal(of: statement, as: options)
        #expect(refusal == .insufficientPrivilege, "\(statement)")
      }
      #expect(try await rewards.set(at: before.at) == before)
      #expect(try await rewards.set()?.rules == before.rules)
    }
  }

  @Test func `a rule says one thing at a time`() async throws {
    try await withRewards { rewards in
      try await rewards.create(.ranks(1...3))
      let second = """
        INSERT INTO reward_rules
        SELECT rule_id, 2, point_type_id, board, name, min_rank, max_rank, above_share, top_share, active,
          reward_clock(), NULL, decided_by, NULL FROM reward_rules
        """
      let refusal = try await Self.refusal(of: second, as: try rewards.database.ownerOptions())
      #expect(refusal == .uniqueViolation)
    }
  }

  private static func refusal(
    of statement: String, as options: PostgresConnectionOptions
  ) async throws -> SQLState? {
    try await LedgerDatabase.withSession(options) { session in
      do throws(PostgresError) {
        try await session.run(script: PostgresSQL("change", Array(statement.utf8)))
        return nil
      } catch {
        return error.state
      }
    }
  }
}
