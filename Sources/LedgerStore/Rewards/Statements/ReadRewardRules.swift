// Rules as they held: all of an instant, one, and what one ever said.
import Ledger
import PostgresClient
import Rewards

struct ListRewardRules: PostgresStatement {
  static let sql = PostgresSQL("list_reward_rules", PackageResources.list_reward_rules_sql)
  static var isReadOnly: Bool { true }

  let instant: Instant
  let pointType: PointTypeID?
  /// Empty text is the type itself; nil is whatever board.
  let boards: [String]?
  let isActive: Bool?

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(instant.postgres)
    parameters.append(pointType?.postgres)
    parameters.append(optional: boards)
    parameters.append(isActive)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> RewardRuleVersion {
    try row.rewardRule()
  }
}

struct FindRewardRule: PostgresStatement {
  static let sql = PostgresSQL("find_reward_rule", PackageResources.find_reward_rule_sql)
  static var isReadOnly: Bool { true }

  let id: RewardRuleID
  let instant: Instant

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(instant.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> RewardRuleVersion {
    try row.rewardRule()
  }
}

struct ListRuleVersions: PostgresStatement {
  static let sql = PostgresSQL("list_rule_versions", PackageResources.list_rule_versions_sql)
  static var isReadOnly: Bool { true }

  let id: RewardRuleID
  let before: Int32
  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(before)
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> RewardRuleVersion {
    try row.rewardRule()
  }
}

struct CountRewardRules: PostgresStatement {
  static let sql = PostgresSQL("count_reward_rules", PackageResources.count_reward_rules_sql)
  static var isReadOnly: Bool { true }

  let scope: RewardScope

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(scope.pointType.postgres)
    parameters.append(scope.board)
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (inAll: Int64, ofScope: Int64) {
    (try row.value(0), try row.value(1))
  }
}
