// One moment of a point type: its sums, and its accounts as they were then, whatever is posted meanwhile.
package import Ledger
package import PostgresClient

/// Use it only where it was lent.
package struct LedgerSnapshot {
  package let type: PointTypeID
  package let sums: AccountSums
  let transaction: PostgresTransaction

  /// Those of the users that had an account then.
  package func accounts(of users: [UserID]) async throws(PostgresError) -> [UserID: Account] {
    let keys = users.map { AccountKey(user: $0, pointType: type) }
    var accounts: [UserID: Account] = [:]
    for named in try await transaction.query(ReadNamedAccounts(keys: keys)) {
      accounts[named.account.key.user] = named.account
    }
    return accounts
  }
}
