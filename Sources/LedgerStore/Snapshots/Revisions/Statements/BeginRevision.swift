// The steps by which a revision comes to be, in the order in which they are taken.
import Boards
import Ledger
import PostgresClient

/// Waits for whoever makes one of the same snapshot.
struct LockForRevision: PostgresStatement {
  static let sql = PostgresSQL("lock_for_revision", PackageResources.lock_for_revision_sql)

  let id: SnapshotID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Snapshot {
    try row.snapshot()
  }
}

struct BeginRevision: PostgresStatement {
  static let sql = PostgresSQL("begin_revision", PackageResources.begin_revision_sql)

  let id: SnapshotID
  let before: SnapshotID
  let why: String
  let actor: Actor

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(before.postgres)
    parameters.append(why)
    parameters.append(actor.name)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> SnapshotNumber {
    SnapshotNumber(try row.value(0))
  }
}

struct InsertChanges: PostgresStatement {
  static let sql = PostgresSQL("insert_changes", PackageResources.insert_changes_sql)

  let number: SnapshotNumber
  let changes: [SnapshotChange]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number.value)
    parameters.append(column: changes) { $0.user.text }
    parameters.append(column: changes) { $0.scoreWas }
    parameters.append(changes.map(\.fixed?.score))
    parameters.append(changes.map(\.fixed?.reachedAt.postgres))
  }
}

struct RankRevision: PostgresStatement {
  static let sql = PostgresSQL("rank_revision", PackageResources.rank_revision_sql)

  let before: SnapshotNumber
  let number: SnapshotNumber
  private let plan: SnapshotPlan

  init(of before: Snapshot, number: SnapshotNumber) {
    self.before = before.number
    self.number = number
    plan = before.plan
  }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(before.value)
    parameters.append(number.value)
    parameters.append(plan.eligibility.minScore)
    parameters.append(plan.order.style.rawValue)
    parameters.append(plan.order.isAscending)
  }
}
