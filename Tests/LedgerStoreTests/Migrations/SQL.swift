// What these tests do to a database besides migrating it.
import PostgresClient

enum SQL {
  static let holdLock = script(
    "hold_lock", "SELECT pg_advisory_lock(hashtextextended('points: migrations', 0))")
  static let revokeAccounts = script("revoke_accounts", "REVOKE ALL ON accounts FROM points_service")
  static let readAccounts = script("read_accounts", "BEGIN; SELECT count(*) FROM accounts")
  static let commit = script("commit", "COMMIT")
  /// Fails while nobody waits for a lock.
  static let expectWaiting = script(
    "expect_waiting",
    """
    SELECT 1 / count(*) FROM pg_locks JOIN pg_database d ON d.oid = database
    WHERE datname = current_database() AND NOT granted;
    """)
  static let touchAccounts = script("touch_accounts", "UPDATE accounts SET held = held; DELETE FROM accounts")
  static let grantEverything = script("grant_everything", "GRANT ALL ON transactions TO PUBLIC")
  static let forgetMigrations = script("forget_migrations", "DELETE FROM schema_migrations WHERE number > 1")
  static let makeLimitedUser = script(
    "make_limited_user",
    "CREATE ROLE limited_migrator; GRANT CREATE ON SCHEMA public TO limited_migrator")
  static let makeLimitedLogin = script("make_limited_login", "CREATE ROLE limited_login LOGIN")
  static let fillSecondSchema = script(
    "fill_second_schema",
    """
    INSERT INTO users (id, display_name, enabled)
    VALUES ('named', 'Ada', true), ('nameless', NULL, true), ('disabled', NULL, false);
    INSERT INTO accounts (user_id, point_type_id, balance, held, total_earned, total_spent, version, revision,
      last_transaction_at, earned_at, updated_at)
    SELECT u.id, t.id, 1, 0, 1, 0, 1, 1, now(), now(), now() FROM users u, point_types t
    """)
  static let addTransaction = script(
    "add_transaction",
    """
    INSERT INTO transactions
      (id, user_id, point_type_id, version, type, amount, before, after, total_earned, total_spent, kind,
       occurred_at, created_at, created_by)
    SELECT gen_random_uuid(), 'ada', id, 1, 'credit', 5, 0, 5, 5, 0, 'award', now(), now(), gen_random_uuid()
    FROM point_types
    """)

  /// Each would change what was posted.
  static let changes = [
    script("update_transactions", "UPDATE transactions SET reason = 'another'"),
    script("delete_transactions", "DELETE FROM transactions"),
    script("truncate_transactions", "TRUNCATE transactions"),
    script("update_requests", "UPDATE requests SET created_at = now()"),
    script("delete_requests", "DELETE FROM requests"),
    script("truncate_requests", "TRUNCATE requests"),
    script("update_audit", "UPDATE audit SET actor = 'another'"),
    script("delete_audit", "DELETE FROM audit"),
    script("truncate_audit", "TRUNCATE audit"),
  ]

  static func script(_ name: String, _ text: String) -> PostgresSQL {
    PostgresSQL(name, Array(text.utf8))
  }
}
