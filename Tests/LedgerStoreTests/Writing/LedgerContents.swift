// Everything that stands in a ledger, read by another connection than those that wrote it.
import Ledger
import PostgresClient
import TestSupport

@testable import LedgerStore

struct LedgerContents: Sendable {
  let transactions: [Transaction]
  let accounts: [Account]
  let requests: [UUIDBits: RememberedRequest]
  let users: [String]
  let batches: [BatchRow]

  static func read(_ options: PostgresConnectionOptions) async throws -> LedgerContents {
    var options = options
    options.beForTests()
    return try await LedgerDatabase.withSession(options) { session in
      LedgerContents(
        transactions: try await session.query(AllTransactions()),
        accounts: try await session.query(AllAccounts()),
        requests: Dictionary(
          uniqueKeysWithValues: try await session.query(AllRequests()).map { ($0.digest, $0.remembered) }),
        users: try await session.query(AllUsers()), batches: try await session.query(AllBatches()))
    }
  }

  func legs(of posting: PostingID) -> [Transaction] {
    transactions.filter { $0.id.posting == posting }.sorted { $0.id < $1.id }
  }

  func chain(of key: AccountKey) -> [Transaction] {
    transactions.filter { $0.account == key }
  }
}

/// The accounts that one batch says it changed.
struct BatchRow: Sendable {
  let users: [String]
  let types: [PostgresUUID]
  let revisions: [Int64]
}

private struct AllTransactions: PostgresStatement {
  static let sql = SQL.script(
    "all_transactions",
    """
    SELECT id, user_id, point_type_id, version, type::text, amount, before, after, total_earned, total_spent,
      kind, category, reason, description, actor, validator_id, related_to, tournament_id, registration_id,
      reverses, metadata::text, occurred_at, created_at, created_by
    FROM transactions ORDER BY user_id, point_type_id, version
    """)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Transaction {
    try row.transaction()
  }
}

private struct AllAccounts: PostgresStatement {
  static let sql = SQL.script(
    "all_accounts",
    """
    SELECT user_id, point_type_id, balance, held, total_earned, total_spent, version, revision,
      last_transaction_at, earned_at, updated_at, slot_keys, slot_values FROM accounts
    """)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Account {
    try row.account()
  }
}

private struct AllRequests: PostgresStatement {
  static let sql = SQL.script(
    "all_requests",
    """
    SELECT digest, fingerprint, posting_id, refusal, refused_leg, coalesce(figures, '{}')
    FROM requests
    """)

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (digest: UUIDBits, remembered: RememberedRequest) {
    try FindRequests.decode(row)
  }
}

private struct AllUsers: PostgresStatement {
  static let sql = SQL.script("all_users", "SELECT id FROM users ORDER BY id")

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> String {
    try row.value(0)
  }
}

private struct AllBatches: PostgresStatement {
  static let sql = SQL.script(
    "all_batches", "SELECT user_ids, point_type_ids, revisions FROM batches ORDER BY id")

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> BatchRow {
    BatchRow(users: try row.array(0), types: try row.array(1), revisions: try row.array(2))
  }
}
