// Transactions of which a payout takes back, with what its earlier postings took.
import Ledger
import PostgresClient

struct ReadTakenBack: PostgresStatement {
  static let sql = PostgresSQL("read_taken_back", PackageResources.read_taken_back_sql)
  static var isReadOnly: Bool { true }

  let number: Int32
  let before: Int32
  let originals: [TransactionID]

  struct Row: Sendable {
    let transaction: ReversibleTransaction
    let takenBefore: Int64
  }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(before)
    parameters.append(column: originals) { $0.postgres }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    Row(transaction: try ReadReversibles.decode(row), takenBefore: try row.value(11))
  }
}
