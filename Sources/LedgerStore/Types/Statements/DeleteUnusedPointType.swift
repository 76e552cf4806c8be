// The end of a point type that nobody has points of.
import Ledger
import PostgresClient

struct DeleteUnusedPointType: PostgresStatement {
  static let sql = PostgresSQL("delete_unused_point_type", PackageResources.delete_unused_point_type_sql)

  let id: PointTypeID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PointTypeID {
    try row.id(0)
  }
}
