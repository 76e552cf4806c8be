// Remembered requests whose posting is not there.
import Ledger
import PostgresClient

struct CheckRequests: PostgresStatement {
  static let sql = PostgresSQL("check_requests", PackageResources.check_requests_sql)
  static var isReadOnly: Bool { true }

  let after: UUIDBits
  let limit: Int64

  enum Row: Sendable {
    case counts(last: UUIDBits?, requests: Int64)
    case missing(PostingID)
  }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(after.postgres)
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    if let posting: PostingID = try row.optionalID(1) { return .missing(posting) }
    let last = try row.optional(0, as: PostgresUUID.self).map { UUIDBits($0) }
    return .counts(last: last, requests: try row.value(2))
  }
}
