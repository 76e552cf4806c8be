// Whose the transactions of a stretch are.
import Ledger
import PostgresClient

struct StreamOwners: PostgresStatement {
  static let sql = PostgresSQL("stream_owners", PackageResources.stream_owners_sql)
  static var isReadOnly: Bool { true }

  let stretch: TableStretch
  let seed: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(stretch)
    parameters.append(seed)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> LinkOwner {
    LinkOwner(hash: try row.value(0), key: AccountKey(user: try row.user(1), pointType: try row.id(2)))
  }
}
