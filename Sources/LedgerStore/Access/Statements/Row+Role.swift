// A role as it is stored.
import PostgresClient

extension PostgresRow {
  func role(_ column: Int) throws(PostgresDecodingError) -> Role {
    guard let role = Role(rawValue: try value(column)) else {
      throw PostgresDecodingError(column: column, failure: .outOfRange)
    }
    return role
  }
}
