// A ledger that is backed up and restored under those who use it, and what each of the ledgers there were by
// then said about its accounts.
import Ledger
import LedgerStore
import PostgresClient
import TestSupport

extension LedgerDatabase {
  /// Takes a backup, in the place of the one before: all of one moment, while others write.
  func backUp() async throws {
    let copies = Self.backedUp.map { "CREATE TABLE backup.\($0) AS TABLE \($0);" }
    try await alone(
      """
      BEGIN ISOLATION LEVEL REPEATABLE READ;
      DROP SCHEMA IF EXISTS backup CASCADE;
      CREATE SCHEMA backup;
      \(copies.joined(separator: "\n"))
      COMMIT;
      """)
  }

  /// The ledger as it was when it was backed up, incarnation included, in one step. With `endsSessions`
  /// everybody's sessions end, as when the server is stopped for it; without, they go on as behind a proxy.
  /// What was lost stays to be looked up, under a number.
  func restore(keepingLostAs number: Int, endsSessions: Bool) async throws {
    let others = "pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    let inserts = Self.backedUp.map { "INSERT INTO \($0) SELECT * FROM backup.\($0) ON CONFLICT DO NOTHING;" }
    // The locks come in the order in which writers take them; who is in the middle of something finishes.
    try await alone(
      """
      BEGIN;
      LOCK TABLE users, accounts, requests, transactions, batches IN ACCESS EXCLUSIVE MODE;
      \(endsSessions ? "SELECT pg_terminate_backend(pid) FROM \(others);" : "")
      \(Self.keepingHistory(as: number))
      ALTER TABLE transactions DISABLE TRIGGER append_only;
      ALTER TABLE requests DISABLE TRIGGER append_only;
      TRUNCATE transactions, requests, batches, accounts, user_standings, users;
      \(inserts.joined(separator: "\n"))
      ALTER TABLE transactions ENABLE TRIGGER append_only;
      ALTER TABLE requests ENABLE TRIGGER append_only;
      SELECT setval('batch_ids', (SELECT coalesce(max(id), 1) FROM batches));
      COMMIT;
      """)
  }

  /// Which version of each account is in the backup.
  func versionsInBackup() async throws -> [UserID: Int64] {
    let found = try await Self.withSession(ownerOptions()) { try await $0.query(ReadVersionsInBackup()) }
    return Dictionary(uniqueKeysWithValues: found)
  }

  /// Whether a ledger restored from the backup has the batch; the beginning is in every ledger.
  func hasInBackup(_ position: LedgerPosition) async throws -> Bool {
    if position == .start { return true }
    let batches = try await Self.withSession(ownerOptions()) { try await $0.query(ReadBatchesInBackup()) }
    return batches.contains(position.batch)
  }

  /// All that the ledgers before each restore said of their accounts, and under this number what the one of
  /// now says.
  func histories(nowAs number: Int) async throws -> Set<RecordedVersion> {
    try await alone(Self.keepingHistory(as: number))
    return Set(try await Self.withSession(ownerOptions()) { try await $0.query(ReadHistories()) })
  }

  /// In an order in which rows may refer to those before.
  private static let backedUp = [
    "users", "user_standings", "accounts", "transactions", "requests", "batches",
  ]

  private static func keepingHistory(as number: Int) -> String {
    """
    CREATE TABLE IF NOT EXISTS histories (ledger bigint, LIKE transactions);
    INSERT INTO histories SELECT \(number), t.* FROM transactions t;
    """
  }

  /// A writer and a restore may come to wait for each other. So this one waits less long than Postgres needs
  /// to end either of them, and begins again.
  private func alone(_ text: String) async throws {
    var options = try ownerOptions()
    options.statementTimeout = .seconds(30)
    options.lockTimeout = .milliseconds(300)
    let impatient = options
    let end = ContinuousClock.now + .seconds(20)
    while true {
      do {
        return try await Self.withSession(impatient) { session in
          try await session.run(script: PostgresSQL("backup", Array(text.utf8)))
        }
      } catch PostgresError.server(let error) where Self.isLost(error) && ContinuousClock.now < end {}
    }
  }

  private static func isLost(_ error: PostgresServerError) -> Bool {
    error.state == .lockNotAvailable || error.state == .deadlockDetected
  }
}

/// One version of an account, in one of the ledgers that there were.
struct RecordedVersion: Hashable {
  var ledger: Int64
  var user: UserID
  var version: Int64
  var balance: Int64
  var totalEarned: Int64
  var totalSpent: Int64
}

private struct ReadVersionsInBackup: PostgresStatement {
  static let sql = PostgresSQL(
    "read_versions_in_backup", Array("SELECT user_id, version FROM backup.accounts".utf8))

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> (UserID, Int64) {
    (UserID(stored: try row.value(0)), try row.value(1))
  }
}

private struct ReadBatchesInBackup: PostgresStatement {
  static let sql = PostgresSQL("read_batches_in_backup", Array("SELECT uid FROM backup.batches".utf8))

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> UUIDBits {
    let uid = try row.value(0, as: PostgresUUID.self)
    return UUIDBits(high: uid.high, low: uid.low)
  }
}

private struct ReadHistories: PostgresStatement {
  static let sql = PostgresSQL(
    "read_histories",
    Array("SELECT ledger, user_id, version, after, total_earned, total_spent FROM histories".utf8))

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> RecordedVersion {
    RecordedVersion(
      ledger: try row.value(0), user: UserID(stored: try row.value(1)), version: try row.value(2),
      balance: try row.value(3), totalEarned: try row.value(4), totalSpent: try row.value(5))
  }
}
