// Payouts, a page at a time; and those that are to go on.
import Ledger
import PostgresClient

struct ListDistributions: PostgresStatement {
  static let sql = PostgresSQL("list_distributions", PackageResources.list_distributions_sql)
  static var isReadOnly: Bool { true }

  let pointType: PointTypeID?
  let snapshot: SnapshotID?
  let phases: [Distribution.Phase]
  let before: Int32
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(pointType?.postgres)
    parameters.append(snapshot?.postgres)
    parameters.append(column: phases) { $0.rawValue }
    parameters.append(before)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Distribution {
    try row.distribution()
  }
}

struct ListUnpaidDistributions: PostgresStatement {
  static let sql = PostgresSQL("list_unpaid_distributions", PackageResources.list_unpaid_distributions_sql)
  static var isReadOnly: Bool { true }

  let limit: Int
  let excluding: [Int32]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(Int64(limit))
    parameters.append(column: excluding) { $0 }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Distribution {
    try row.distribution()
  }
}
