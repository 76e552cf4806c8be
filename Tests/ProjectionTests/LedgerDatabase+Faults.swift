// What happens to ledgers: they are restored from backups, and copied.
import LedgerStore
import PostgresClient
import TestSupport

extension LedgerDatabase {
  /// The ledger as it was when it was made, as after restoring a backup of that time.
  func forgetEverything() async throws {
    try await script(
      """
      ALTER TABLE transactions DISABLE TRIGGER append_only;
      ALTER TABLE requests DISABLE TRIGGER append_only;
      TRUNCATE transactions, requests, batches, accounts, user_standings, users;
      ALTER TABLE transactions ENABLE TRIGGER append_only;
      ALTER TABLE requests ENABLE TRIGGER append_only;
      ALTER SEQUENCE batch_ids RESTART;
      """)
  }

  /// Another ledger with the same types, as a staging system made from a dump should be.
  func becomeAnotherLedger() async throws {
    try await script("UPDATE settings SET ledger_id = gen_random_uuid();")
  }

  private func script(_ text: String) async throws {
    try await Self.withSession(ownerOptions()) { session in
      try await session.run(script: PostgresSQL("fault", Array(text.utf8)))
    }
  }
}
