// What accounts, and their users, were before an instant.
import Ledger
import PostgresClient

struct FindVersionsBefore: PostgresStatement {
  static let sql = PostgresSQL("find_versions_before", PackageResources.find_versions_before_sql)
  static var isReadOnly: Bool { true }

  let type: PointTypeID
  let users: [UserID]
  let instant: Instant

  struct Row: Sendable {
    let user: UserID
    let version: Int64
    let balance: Int64
    let totalEarned: Int64
    let createdAt: Instant
  }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(type.postgres)
    parameters.append(column: users) { $0.text }
    parameters.append(instant.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    Row(
      user: try row.user(0), version: try row.value(1), balance: try row.value(2),
      totalEarned: try row.value(3), createdAt: try row.instant(4))
  }
}

struct FindDisabledBefore: PostgresStatement {
  static let sql = PostgresSQL("find_disabled_before", PackageResources.find_disabled_before_sql)
  static var isReadOnly: Bool { true }

  let users: [UserID]
  let instant: Instant

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: users) { $0.text }
    parameters.append(instant.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> UserID {
    try row.user(0)
  }
}

struct FindChangedUsers: PostgresStatement {
  static let sql = PostgresSQL("find_changed_users", PackageResources.find_changed_users_sql)
  static var isReadOnly: Bool { true }

  let type: PointTypeID
  let since: Instant
  let batches: Int64
  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(type.postgres)
    parameters.append(since.postgres)
    parameters.append(batches)
    parameters.append(limit)
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (users: [UserID], reachesBack: Bool) {
    let texts: [String] = try row.array(0, of: String.self)
    return (texts.map { UserID(stored: $0) }, try row.value(1))
  }
}
