// Accounts in the order in which they lie.
import Ledger
import PostgresClient

struct StreamAccounts: PostgresStatement {
  static let sql = PostgresSQL("stream_accounts", PackageResources.stream_accounts_sql)
  static var isReadOnly: Bool { true }

  let stretch: TableStretch
  let accounts: WalkedAccounts

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(stretch, of: accounts)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> MetAccount {
    let key = AccountKey(user: try row.user(1), pointType: try row.id(2))
    let hash: Int64 = try row.value(0)
    let isOdd: Bool = try row.value(9)
    guard let lastAt = try row.optionalInstant(7) else {
      return MetAccount(hash: hash, key: key, end: nil, isOdd: isOdd)
    }
    let end = CheckedChain.End(
      version: try row.value(3), balance: try row.value(4), totalEarned: try row.value(5),
      totalSpent: try row.value(6), lastAt: lastAt, earnedAt: try row.optionalInstant(8))
    return MetAccount(hash: hash, key: key, end: end, isOdd: isOdd)
  }
}
