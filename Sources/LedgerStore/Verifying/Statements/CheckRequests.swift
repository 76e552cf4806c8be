// Remembered requests whose posting is not there.
import Ledger
import PostgresClient

struct CheckRequests: PostgresStatement {
  static let sql = PostgresSQL("check_requests", PackageResources.check_requests_sql)
  static var isReadOnly: Bool { true }

  let stretch: TableStretch

  enum Row: Sendable {
    case count(Int64)
    case missing(PostingID)
  }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(stretch)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    if let posting: PostingID = try row.optionalID(0) { return .missing(posting) }
    return .count(try row.value(1))
  }
}
