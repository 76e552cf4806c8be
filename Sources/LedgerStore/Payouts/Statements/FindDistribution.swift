// Payouts as their rows tell of them.
import Ledger
import PostgresClient

struct FindDistribution: PostgresStatement {
  static let sql = PostgresSQL("find_distribution", PackageResources.find_distribution_sql)
  static var isReadOnly: Bool { true }

  let id: DistributionID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Distribution {
    try row.distribution()
  }
}

struct FindDistributionOfSnapshot: PostgresStatement {
  static let sql = PostgresSQL(
    "find_distribution_of_snapshot", PackageResources.find_distribution_of_snapshot_sql)
  static var isReadOnly: Bool { true }

  let snapshot: SnapshotID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(snapshot.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Distribution {
    try row.distribution()
  }
}

/// One that is not at its end.
struct FindUnsettledDistribution: PostgresStatement {
  static let sql = PostgresSQL(
    "find_unsettled_distribution", PackageResources.find_unsettled_distribution_sql)
  static var isReadOnly: Bool { true }

  let snapshots: [SnapshotID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: snapshots) { $0.postgres }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> DistributionID {
    try row.id(0)
  }
}
