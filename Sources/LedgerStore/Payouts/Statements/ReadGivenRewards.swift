// What payouts for snapshots gave, transaction by transaction, and what is left of each.
import Ledger
import PostgresClient

struct ReadGivenRewards: PostgresStatement {
  static let sql = PostgresSQL("read_given_rewards", PackageResources.read_given_rewards_sql)
  static var isReadOnly: Bool { true }

  let snapshots: [SnapshotID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: snapshots) { $0.postgres }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> GivenRewards.Credit {
    GivenRewards.Credit(
      id: try row.id(0), account: AccountKey(user: try row.user(1), pointType: try row.id(2)),
      left: try row.value(3))
  }
}
