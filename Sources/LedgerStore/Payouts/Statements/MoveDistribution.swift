// How a payout moves on: who has it alone, who decides, and what becomes of it.
import Ledger
import PostgresClient

struct HoldRanks: PostgresStatement {
  static let sql = PostgresSQL("hold_ranks", PackageResources.hold_ranks_sql)

  let first: SnapshotID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(first.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

struct LockDistribution: PostgresStatement {
  static let sql = PostgresSQL("lock_distribution", PackageResources.lock_distribution_sql)

  let id: DistributionID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}

struct DecideDistribution: PostgresStatement {
  static let sql = PostgresSQL("decide_distribution", PackageResources.decide_distribution_sql)

  let number: Int32
  let phase: Distribution.Phase
  let reason: String?
  let actor: (service: ServiceID, name: String)

  init(
    number: Int32, phase: Distribution.Phase, reason: String?, by actor: (service: ServiceID, name: String)
  ) {
    self.number = number
    self.phase = phase
    self.reason = reason
    self.actor = actor
  }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(phase.rawValue)
    parameters.append(reason)
    parameters.append(actor.service.postgres)
    parameters.append(actor.name)
  }
}

struct MoveDistribution: PostgresStatement {
  static let sql = PostgresSQL("move_distribution", PackageResources.move_distribution_sql)

  let number: Int32
  let phase: Distribution.Phase
  let reason: String?

  init(number: Int32, to phase: Distribution.Phase, reason: String?) {
    self.number = number
    self.phase = phase
    self.reason = reason
  }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(phase.rawValue)
    parameters.append(reason)
  }
}

struct FinishDistribution: PostgresStatement {
  static let sql = PostgresSQL("finish_distribution", PackageResources.finish_distribution_sql)

  let number: Int32

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
  }
}
