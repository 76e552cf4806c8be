// Transactions as whoever takes them back must know them.
import Ledger
import PostgresClient

struct ReadReversibles: PostgresStatement {
  static let sql = PostgresSQL("read_reversibles", PackageResources.read_reversibles_sql)
  static var isReadOnly: Bool { true }

  let first: TransactionID
  let last: TransactionID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(first.postgres)
    parameters.append(last.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> ReversibleTransaction {
    let direction = try row.value(3, as: String.self) == "credit" ? Direction.credit : .debit
    return ReversibleTransaction(
      id: try row.id(0), account: AccountKey(user: try row.user(1), pointType: try row.id(2)),
      direction: direction, amount: try row.value(4), earned: try row.value(5), spent: try row.value(6),
      kind: Kind(stored: try row.value(7)), category: try row.optional(8), occurredAt: try row.instant(9),
      createdAt: try row.instant(10))
  }
}
