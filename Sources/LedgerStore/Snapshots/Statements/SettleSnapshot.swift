// The ranks of all who are listed, from one moment of the ledger.
import Boards
import Ledger
import PostgresClient

struct SettleSnapshot: PostgresStatement {
  static let sql = PostgresSQL("settle_snapshot", PackageResources.settle_snapshot_sql)

  let number: SnapshotNumber
  let plan: SnapshotPlan
  /// Which position the mirror had that was read.
  let position: Int64?

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number.value)
    parameters.append(scores)
    parameters.append(plan.board.pointType.postgres)
    parameters.append(plan.slot?.bits)
    parameters.append(plan.eligibility.minScore)
    parameters.append(plan.eligibility.minCount)
    parameters.append(plan.eligibility.enabledOnly)
    parameters.append(plan.asOf?.postgres)
    parameters.append(plan.order.style.rawValue)
    parameters.append(plan.order.isAscending)
    parameters.append(position)
  }

  /// Where they come from.
  private var scores: String {
    switch (plan.source, plan.board.key) {
    case (.live, _): "arrivals"
    case (.ledger, .balance): "balance"
    case (.ledger, .earned): "earned"
    case (.ledger, .defined): "slots"
    }
  }
}

/// Where each user is.
struct IndexSnapshot: PostgresStatement {
  static let sql = PostgresSQL("index_snapshot", PackageResources.index_snapshot_sql)

  let number: SnapshotNumber

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number.value)
  }
}

/// What it comes to. No row if it is complete already.
struct CompleteSnapshot: PostgresStatement {
  static let sql = PostgresSQL("complete_snapshot", PackageResources.complete_snapshot_sql)

  let number: SnapshotNumber

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number.value)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot {
    try row.snapshot()
  }
}

/// What the stored entries come to now.
struct SumSnapshot: PostgresStatement {
  static let sql = PostgresSQL("sum_snapshot", PackageResources.sum_snapshot_sql)
  static var isReadOnly: Bool { true }

  let number: SnapshotNumber

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number.value)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot.Contents {
    try row.contents(from: 0)
  }
}
