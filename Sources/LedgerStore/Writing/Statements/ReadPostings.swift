// Transactions by the postings they are legs of.
import Ledger
import PostgresClient

struct ReadPostings: PostgresStatement {
  static let sql = PostgresSQL("read_postings", PackageResources.read_postings_sql)
  static var isReadOnly: Bool { true }

  let ids: [PostingID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: ids) { $0.transaction(leg: 0).postgres }
    parameters.append(column: ids) { $0.transaction(leg: Posting.legsMax - 1).postgres }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Transaction {
    try row.transaction()
  }
}
