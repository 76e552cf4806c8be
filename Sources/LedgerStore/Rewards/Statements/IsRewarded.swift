// Whether rewards name a point type.
import Ledger
import PostgresClient

struct IsRewarded: PostgresStatement {
  static let sql = PostgresSQL("is_rewarded", PackageResources.is_rewarded_sql)
  static var isReadOnly: Bool { true }

  let id: PointTypeID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Bool {
    try row.value(0)
  }
}
