// A user who is not there yet.
import Ledger
import PostgresClient

struct InsertUser: PostgresStatement {
  static let sql = PostgresSQL("insert_user", PackageResources.insert_user_sql)

  let user: UserID
  let traits: UserTraits

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(user.text)
    parameters.append(traits: traits)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> UserID {
    try row.user(0)
  }
}

extension PostgresParameters {
  /// Three parameters: display name, enabled, metadata.
  mutating func append(traits: UserTraits) {
    append(traits.displayName)
    append(traits.isEnabled)
    append(traits.metadata)
  }
}

extension PostgresRow {
  /// The columns of `users` in the order of the table.
  func userRecord() throws(PostgresDecodingError) -> UserRecord {
    UserRecord(
      id: try user(0),
      traits: UserTraits(displayName: try optional(1), isEnabled: try value(2), metadata: try optional(3)),
      createdAt: try instant(4), updatedAt: try instant(5))
  }
}
