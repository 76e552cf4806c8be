// All point types, and of which generation they are.
import Ledger
import PostgresClient

struct ReadPointTypes: PostgresStatement {
  static let sql = PostgresSQL("read_point_types", PackageResources.read_point_types_sql)
  static var isReadOnly: Bool { true }

  /// No type only if there is none at all.
  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (generation: Int64, type: PointType?) {
    let generation = try row.value(0, as: Int64.self)
    guard try row.optionalID(1, as: PointTypeID.self) != nil else { return (generation, nil) }
    return (generation, try row.pointType(from: 1))
  }
}
