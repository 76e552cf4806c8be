// A point type with other traits.
import Ledger
import PostgresClient

struct UpdatePointType: PostgresStatement {
  static let sql = PostgresSQL("update_point_type", PackageResources.update_point_type_sql)

  let id: PointTypeID
  let traits: PointTypeTraits

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(traits: traits)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PointType {
    try row.pointType()
  }
}
