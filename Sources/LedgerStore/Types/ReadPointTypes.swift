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
    guard let id = try row.optionalID(1, as: PointTypeID.self) else { return (generation, nil) }
    let type = PointType(
      id: id, name: try row.value(2), displayName: try row.value(3), description: try row.optional(4),
      isEnabled: try row.value(5), minAmount: try row.optional(6), maxAmount: try row.optional(7),
      createdAt: try row.instant(8), updatedAt: try row.instant(9))
    return (generation, type)
  }
}
