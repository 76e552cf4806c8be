// Whose turn it is to change rewards, and at which instant.
import Ledger
import PostgresClient

struct HoldRewards: PostgresStatement {
  static let sql = PostgresSQL("hold_rewards", PackageResources.hold_rewards_sql)

  /// Nothing of use.
  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

struct ReadRewardClock: PostgresStatement {
  static let sql = PostgresSQL("read_reward_clock", PackageResources.read_reward_clock_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Instant {
    try row.instant(0)
  }
}

struct AwaitRewardChanges: PostgresStatement {
  static let sql = PostgresSQL("await_reward_changes", PackageResources.await_reward_changes_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Instant {
    try row.instant(0)
  }
}
