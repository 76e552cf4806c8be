// What a rule says from now on, and the end of what it said.
import Ledger
import PostgresClient
import Rewards

struct InsertRewardRule: PostgresStatement {
  static let sql = PostgresSQL("insert_reward_rule", PackageResources.insert_reward_rule_sql)

  let version: RewardRuleVersion

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(version.id.postgres)
    parameters.append(version.revision)
    parameters.append(version.scope.pointType.postgres)
    parameters.append(version.scope.board)
    parameters.append(version.traits.name)
    let columns: (Int64?, Int64?, Int64?, Int64?) =
      switch version.traits.reach {
      case .ranks(let ranks): (ranks.lowerBound, ranks.upperBound, nil, nil)
      case .share(let above, let top): (nil, nil, above, top)
      }
    parameters.append(columns.0)
    parameters.append(columns.1)
    parameters.append(columns.2)
    parameters.append(columns.3)
    parameters.append(version.traits.isActive)
    parameters.append(version.validity.from.postgres)
    parameters.append(version.validity.decidedBy)
  }
}

struct InsertRuleAmounts: PostgresStatement {
  static let sql = PostgresSQL("insert_rule_amounts", PackageResources.insert_rule_amounts_sql)

  let version: RewardRuleVersion

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(version.id.postgres)
    parameters.append(version.revision)
    parameters.append(version.traits.rewards.map(\.pointType.postgres))
    parameters.append(version.traits.rewards.map { Int64(clamping: $0.amount) })
  }
}

struct EndRewardRule: PostgresStatement {
  static let sql = PostgresSQL("end_reward_rule", PackageResources.end_reward_rule_sql)

  let id: RewardRuleID
  let at: Instant
  let actor: Actor

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(at.postgres)
    parameters.append(actor.name)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}
