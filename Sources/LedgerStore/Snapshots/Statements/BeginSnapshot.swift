// The row by which a snapshot begins.
import Boards
import Ledger
import PostgresClient

struct BeginSnapshot: PostgresStatement {
  static let sql = PostgresSQL("begin_snapshot", PackageResources.begin_snapshot_sql)

  let plan: SnapshotPlan

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(plan.id.postgres)
    parameters.append(plan.board.pointType.postgres)
    parameters.append(plan.board.key.text)
    parameters.append(plan.board.name)
    parameters.append(plan.board.category)
    parameters.append(plan.period?.number)
    parameters.append(plan.period?.label)
    parameters.append(plan.purpose.rawValue)
    parameters.append(plan.source.rawValue)
    parameters.append(plan.slot?.bits)
    parameters.append(plan.eligibility.minScore)
    parameters.append(plan.eligibility.minCount)
    parameters.append(plan.eligibility.enabledOnly)
    parameters.append(plan.order.style.rawValue)
    parameters.append(plan.order.isAscending)
    parameters.append(plan.asOf?.postgres)
    parameters.append(plan.keepUntil?.postgres)
    parameters.append(plan.turn?.schedule.postgres)
    parameters.append(plan.turn?.name)
    parameters.append(plan.turn?.dueAt.postgres)
  }
}
