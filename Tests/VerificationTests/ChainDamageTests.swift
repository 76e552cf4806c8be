// Each kind of damage to the ledger by itself, done as its owner with every guard off: told, and never
// repaired.
import Ledger
import LedgerStore
import TestSupport
import Testing
import Verification

@Suite(.serialized)
struct ChainDamageTests {
  @Test func `a ledger with transactions of all kinds is whole`() async throws {
    try await World.running(follows: false) { world in
      try await Self.write(world)
      let found = try await world.verifyLedger()
      #expect(found.isWhole, "\(found.faults.shown)")
      #expect(found.accounts == 8 && found.transactions > 30)
    }
  }

  @Test(arguments: cases)
  func `damage to the ledger is found as what it is`(statements: String, kinds: [ChainFault.Kind])
    async throws
  {
    try await World.running(follows: false) { world in
      try await Self.write(world)
      let constraints = """
        ALTER TABLE accounts DROP CONSTRAINT accounts_check, DROP CONSTRAINT accounts_check1,
          DROP CONSTRAINT accounts_check2;
        ALTER TABLE transactions DROP CONSTRAINT transactions_check;
        """
      try await world.damageLedger(constraints + statements)
      let found = try await world.verifyLedger()
      // Page by page, and in many parts, the same is found.
      #expect(try await world.verifyLedger(.shortest).faults.counts == found.faults.counts)
      #expect(found.faults.counts == Dictionary(uniqueKeysWithValues: kinds.map { ($0, 1) }), "\(found)")
      if kinds != [.lostPosting] {
        #expect(found.faultyAccounts == 1)
        let user = found.faults.shown.first?.key?.user
        let alone = try await LedgerVerifier(world.pool).verify(try #require(user), types: [])
        #expect(alone.faults.counts == found.faults.counts)
      }
    }
  }

  /// What is done, and what must be found, each once.
  private static let cases: [(String, [ChainFault.Kind])] = [
    ("DELETE FROM transactions WHERE \(link(2))", [.gap, .apart]),
    ("UPDATE transactions SET version = 90 WHERE \(link(5))", [.gap, .lastLink]),
    ("UPDATE transactions SET before = before + 1, amount = amount + 1 WHERE \(link(2))", [.apart, .totals]),
    ("UPDATE transactions SET amount = amount + 1 WHERE \(link(4))", [.miscounted]),
    ("UPDATE transactions SET before = before + 1 WHERE \(link(5))", [.apart, .miscounted]),
    ("UPDATE transactions SET after = after + 1 WHERE \(link(5))", [.miscounted, .lastLink]),
    ("DELETE FROM transactions WHERE \(link(1))", [.gap, .apart, .totals, .lastLink]),
    ("DELETE FROM transactions WHERE \(link(5))", [.lastLink]),
    (
      """
      INSERT INTO transactions
      SELECT (jsonb_populate_record(t, jsonb_build_object(
        'id', gen_random_uuid(), 'version', 6, 'before', after, 'after', after + 5, 'kind', 'adjustment'))).*
      FROM transactions t WHERE \(link(5))
      """, [.lastLink]
    ),
    (
      // Both moved to where the other was: each lies where it did.
      """
      UPDATE transactions SET version = 90 WHERE \(link(2));
      UPDATE transactions SET version = 2 WHERE \(link(3));
      UPDATE transactions SET version = 3 WHERE \(link(90))
      """, [.apart, .totals, .backInTime]
    ),
    (
      // All of it follows but the time, and the one that is too late lies behind all others.
      "UPDATE transactions SET created_at = created_at + interval '1 day' WHERE \(link(4))", [.backInTime]
    ),
    ("UPDATE transactions SET total_earned = total_earned + 1 WHERE \(link(5))", [.totals, .lastLink]),
    ("UPDATE transactions SET kind = 'penalty' WHERE \(link(2))", [.totals]),
    ("UPDATE transactions SET created_at = created_at - interval '1 day' WHERE \(link(4))", [.backInTime]),
    ("UPDATE transactions SET reverses = gen_random_uuid() WHERE \(reversal)", [.reversal]),
    (
      """
      UPDATE transactions SET total_earned = total_earned - 1 WHERE \(reversal);
      UPDATE accounts SET total_earned = total_earned - 1 WHERE user_id = 'user-3'
      """, [.totals]
    ),
    ("UPDATE accounts SET balance = balance + 1 WHERE user_id = 'user-1'", [.lastLink]),
    ("UPDATE accounts SET total_spent = total_spent + 1 WHERE user_id = 'user-1'", [.lastLink]),
    ("UPDATE accounts SET revision = version - 1 WHERE user_id = 'user-1'", [.lastLink]),
    ("UPDATE accounts SET earned_at = earned_at + interval '1 s' WHERE user_id = 'user-1'", [.lastLink]),
    ("UPDATE accounts SET held = balance + 1 WHERE user_id = 'user-1'", [.held]),
    ("UPDATE accounts SET held = -1 WHERE user_id = 'user-1'", [.held]),
    ("DELETE FROM transactions WHERE user_id = 'user-1'", [.noTransactions]),
    ("DELETE FROM accounts WHERE user_id = 'user-7'", [.noAccount]),
    ("DELETE FROM users WHERE id = 'user-1'", [.noUser]),
    ("UPDATE users SET display_name = 'Another' WHERE id = 'user-1'", [.userCopy]),
    ("UPDATE accounts SET user_enabled = false WHERE user_id = 'user-1'", [.userCopy]),
    (
      """
      INSERT INTO requests (digest, fingerprint, posting_id, created_at)
      VALUES (gen_random_uuid(), decode(repeat('00', 16), 'hex'), gen_random_uuid(), now())
      """, [.lostPosting]
    ),
  ]

  private static func link(_ version: Int) -> String { "user_id = 'user-1' AND version = \(version)" }
  private static let reversal = "user_id = 'user-3' AND kind = 'reversal'"

  /// Every kind that moves a total, and reversals of several, in parts too.
  private static func write(_ world: World) async throws {
    for user in 0..<8 {
      let name = World.user(user)
      let award = try await world.post(.credit(100), to: name).transactions[0]
      try await world.post(.debit(40), to: name, kind: .purchase)
      try await world.post(.credit(50), to: name, kind: .refund)
      try await world.post(.debit(10), to: name, kind: .penalty)
      try await world.post(.credit(5), to: name, kind: .adjustment)
      guard user >= 2 else { continue }
      let refund = try await world.post(.credit(30), to: name, kind: .refund).transactions[0]
      let whole = ReversibleTransaction(award, earned: 100, spent: 0)
      guard user == 3 || user > 4 else { continue }
      try await reverse(whole, 70, world, name)
      guard user > 4 else { continue }
      try await reverse(whole, nil, world, name)
      let returned = ReversibleTransaction(refund, earned: 0, spent: 0)
      try await reverse(returned, 10, world, name)
    }
  }

  private static func reverse(
    _ original: ReversibleTransaction, _ amount: Int64?, _ world: World, _ user: String
  ) async throws {
    let reversal = Reversal(original: original, amount: amount, allowsPartial: true)
    try await world.post(.reversal(reversal), to: user, kind: .reversal)
  }
}
