// What a payout consists of: its lines, its sums, and what of it did not take effect.
import Ledger
import PostgresClient

struct ReadDistributionLegs: PostgresStatement {
  static let sql = PostgresSQL("read_distribution_legs", PackageResources.read_distribution_legs_sql)
  static var isReadOnly: Bool { true }

  let number: Int32
  let after: Int32
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(after)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> NumberedLeg {
    NumberedLeg(number: try row.value(0), leg: try row.payoutLeg(from: 1))
  }
}

struct FindOutstandingLegs: PostgresStatement {
  static let sql = PostgresSQL("find_outstanding_legs", PackageResources.find_outstanding_legs_sql)
  static var isReadOnly: Bool { true }

  let number: Int32
  let after: Int32
  let limit: Int

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(after)
    parameters.append(Int64(limit))
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> OutstandingLeg {
    var refusal: Refusal?
    if let name: String = try row.optional(10) {
      // One of a newer release is as good as none.
      refusal = Refusal(storedName: name, figures: try row.array(11), leg: 0)
    }
    return OutstandingLeg(
      number: try row.value(0), leg: try row.payoutLeg(from: 1), outstanding: try row.value(8),
      attempts: try row.value(9), refusal: refusal)
  }
}

struct ReadDistributionSums: PostgresStatement {
  static let sql = PostgresSQL("read_distribution_sums", PackageResources.read_distribution_sums_sql)
  static var isReadOnly: Bool { true }

  let number: Int32

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PayoutSum {
    PayoutSum(
      pointType: try row.id(0), given: Int128(try row.value(1, as: String.self)) ?? 0,
      taken: Int128(try row.value(2, as: String.self)) ?? 0, budget: try row.optional(3))
  }
}

struct FindDisabledUsers: PostgresStatement {
  static let sql = PostgresSQL("find_disabled_users", PackageResources.find_disabled_users_sql)
  static var isReadOnly: Bool { true }

  let users: [UserID]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: users) { $0.text }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> UserID {
    try row.user(0)
  }
}
