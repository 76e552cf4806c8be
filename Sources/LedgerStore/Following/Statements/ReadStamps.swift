// In which state accounts of a point type are.
import Ledger
import PostgresClient

struct ReadStamps: PostgresStatement {
  static let sql = PostgresSQL("read_stamps", PackageResources.read_stamps_sql)
  static var isReadOnly: Bool { true }

  let type: PointTypeID
  let users: [UserID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(type.postgres)
    parameters.append(users.map(\.text))
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (place: Int64, stamp: AccountStamp) {
    let updatedAt = Instant(try row.value(2, as: PostgresTimestamp.self))
    return (try row.value(0), AccountStamp(revision: try row.value(1), updatedAt: updatedAt))
  }
}
