// What changed after a position.
import Ledger
import PostgresClient

struct ReadBatches: PostgresStatement {
  static let sql = PostgresSQL("read_batches", PackageResources.read_batches_sql)
  static var isReadOnly: Bool { true }

  let position: Int64
  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(position)
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> LedgerBatch {
    let users = try row.array(2, of: String.self)
    let types = try row.array(3, of: PostgresUUID.self)
    let revisions = try row.array(4, of: Int64.self)
    let accounts = zip(zip(users, types), revisions).map { key, revision in
      AccountRevision(AccountKey(user: UserID(stored: key.0), pointType: PointTypeID(key.1)), revision)
    }
    return LedgerBatch(
      position: try row.position(0), accounts: accounts, age: .seconds(try row.value(5, as: Double.self)))
  }
}
