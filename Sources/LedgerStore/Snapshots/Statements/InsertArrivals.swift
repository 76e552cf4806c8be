// What was read of a mirror, until it becomes a snapshot.
import Ledger
import PostgresClient

struct InsertArrivals: PostgresStatement {
  static let sql = PostgresSQL("insert_arrivals", PackageResources.insert_arrivals_sql)

  let number: SnapshotNumber
  /// No user twice.
  let arrivals: [SnapshotArrival]
  let attempt: Int32

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number.value)
    parameters.append(column: arrivals) { $0.user.text }
    parameters.append(column: arrivals) { $0.score }
    parameters.append(column: arrivals) { $0.reachedAt.postgres }
    parameters.append(column: arrivals) { $0.version }
    parameters.append(attempt)
  }
}

struct ClearArrivals: PostgresStatement {
  static let sql = PostgresSQL("clear_arrivals", PackageResources.clear_arrivals_sql)

  let number: SnapshotNumber

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number.value)
  }
}
