// A new point type.
import Ledger
import PostgresClient

struct InsertPointType: PostgresStatement {
  static let sql = PostgresSQL("insert_point_type", PackageResources.insert_point_type_sql)

  let name: String
  let traits: PointTypeTraits

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(name)
    parameters.append(traits: traits)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PointType {
    try row.pointType()
  }
}

extension PostgresParameters {
  /// Five parameters: display name, description, enabled, least and most amount.
  mutating func append(traits: PointTypeTraits) {
    append(traits.displayName)
    append(traits.description)
    append(traits.isEnabled)
    append(traits.minAmount)
    append(traits.maxAmount)
  }
}

extension PostgresRow {
  /// The columns of `point_types` in the order of the table.
  func pointType(from first: Int = 0) throws(PostgresDecodingError) -> PointType {
    PointType(
      id: try id(first), name: try value(first + 1), displayName: try value(first + 2),
      description: try optional(first + 3), isEnabled: try value(first + 4),
      minAmount: try optional(first + 5), maxAmount: try optional(first + 6),
      createdAt: try instant(first + 7), updatedAt: try instant(first + 8))
  }
}
