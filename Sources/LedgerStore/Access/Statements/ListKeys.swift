// All keys, for an administrator to look through.
import PostgresClient

struct ListKeys: PostgresStatement {
  static let sql = PostgresSQL("list_keys", PackageResources.list_keys_sql)
  static var isReadOnly: Bool { true }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> KeyListing {
    KeyListing(
      id: try row.value(0), hint: try row.value(1), service: try row.value(2), role: try row.role(3),
      createdAt: try row.instant(4), expiresAt: try row.optionalInstant(5),
      revokedAt: try row.optionalInstant(6), isValid: try row.value(7))
  }
}
