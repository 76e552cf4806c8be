// A point type as it is now, whatever our copy says.
import Ledger
import PostgresClient

struct FindPointType: PostgresStatement {
  static let sql = PostgresSQL("find_point_type", PackageResources.find_point_type_sql)

  let id: PointTypeID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PointType {
    try row.pointType()
  }
}
