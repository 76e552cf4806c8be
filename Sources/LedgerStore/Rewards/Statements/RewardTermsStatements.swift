// Terms of rewards: as they held, set, and ended.
import Ledger
import PostgresClient
import Rewards

struct ListRewardTerms: PostgresStatement {
  static let sql = PostgresSQL("list_reward_terms", PackageResources.list_reward_terms_sql)
  static var isReadOnly: Bool { true }

  let instant: Instant
  let pointType: PointTypeID?
  /// Empty text is the type itself; nil is whatever board.
  let boards: [String]?

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(instant.postgres)
    parameters.append(pointType?.postgres)
    parameters.append(optional: boards)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> RewardTermsVersion {
    try row.rewardTerms()
  }
}

struct InsertRewardTerms: PostgresStatement {
  static let sql = PostgresSQL("insert_reward_terms", PackageResources.insert_reward_terms_sql)

  let id: UUIDBits
  let scope: RewardScope
  let traits: RewardTermsTraits
  let validity: RewardValidity

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(scope.pointType.postgres)
    parameters.append(scope.board)
    parameters.append(traits.terms.ties.rawValue)
    parameters.append(traits.needsApproval)
    parameters.append(traits.isAutomatic)
    parameters.append(validity.from.postgres)
    parameters.append(validity.decidedBy)
  }
}

struct InsertRewardBudgets: PostgresStatement {
  static let sql = PostgresSQL("insert_reward_budgets", PackageResources.insert_reward_budgets_sql)

  let id: UUIDBits
  let budgets: [PointTypeID: Int64]

  func bind(to parameters: inout PostgresParameters) {
    let sorted = budgets.sorted { $0.key < $1.key }
    parameters.append(id.postgres)
    parameters.append(sorted.map(\.key.postgres))
    parameters.append(sorted.map(\.value))
  }
}

struct EndRewardTerms: PostgresStatement {
  static let sql = PostgresSQL("end_reward_terms", PackageResources.end_reward_terms_sql)

  let scope: RewardScope
  let at: Instant
  let actor: Actor

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(scope.pointType.postgres)
    parameters.append(scope.board)
    parameters.append(at.postgres)
    parameters.append(actor.name)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}
