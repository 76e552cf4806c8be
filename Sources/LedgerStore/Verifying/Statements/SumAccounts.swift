// What the boards of a point type must come to.
import Ledger
import PostgresClient

struct SumAccounts: PostgresStatement {
  static let sql = PostgresSQL("sum_accounts", PackageResources.sum_accounts_sql)
  static var isReadOnly: Bool { true }

  let type: PointTypeID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(type.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> AccountSums {
    AccountSums(
      members: try row.value(0), balance: Int128(try row.value(1, as: String.self)) ?? 0,
      earners: try row.value(2), earned: Int128(try row.value(3, as: String.self)) ?? 0,
      position: try row.value(4))
  }
}
