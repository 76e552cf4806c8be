// Accounts against the chains of their transactions, as many as lie in a range.
import Ledger
import PostgresClient

struct CheckChains: PostgresStatement {
  static let sql = PostgresSQL("check_chains", PackageResources.check_chains_sql)
  static var isReadOnly: Bool { true }

  let range: AccountRange
  /// None for all.
  let types: [PointTypeID]
  let limit: Int64

  enum Row: Sendable {
    case counts(links: Int64, accounts: Int64, faulty: Int64)
    case faulty(CheckedChain)
  }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(range.after.user.text)
    parameters.append(range.after.pointType.postgres)
    parameters.append(range.through.user.text)
    parameters.append(range.through.pointType.postgres)
    parameters.append(column: types) { $0.postgres }
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    let user = try row.user(0)
    guard !user.text.isEmpty else {
      return .counts(links: try row.value(2), accounts: try row.value(3), faulty: try row.value(4))
    }
    let key = AccountKey(user: user, pointType: try row.id(1))
    return .faulty(
      CheckedChain(
        key: key, links: try row.value(2), end: try end(row), broken: try broken(row),
        account: try account(row, key), userCopy: try copy(row, from: 24), user: try owner(row)))
  }

  private static func end(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> CheckedChain.End? {
    guard let version: Int64 = try row.optional(3) else { return nil }
    return CheckedChain.End(
      version: version, balance: try row.value(4), totalEarned: try row.value(5),
      totalSpent: try row.value(6), lastAt: try row.instant(7), earnedAt: try row.optionalInstant(8))
  }

  private static func broken(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> [CheckedChain.Rule: Int64] {
    var broken: [CheckedChain.Rule: Int64] = [:]
    for (place, rule) in CheckedChain.Rule.allCases.enumerated() {
      if let version: Int64 = try row.optional(9 + place) { broken[rule] = version }
    }
    return broken
  }

  private static func account(
    _ row: borrowing PostgresRow, _ key: AccountKey
  ) throws(PostgresDecodingError) -> Account? {
    guard let balance: Int64 = try row.optional(15) else { return nil }
    return Account(
      key: key, balance: balance, held: try row.value(16), totalEarned: try row.value(17),
      totalSpent: try row.value(18), version: try row.value(19), revision: try row.value(20),
      lastTransactionAt: try row.optionalInstant(21), earnedAt: try row.optionalInstant(22),
      updatedAt: try row.instant(23))
  }

  private static func copy(
    _ row: borrowing PostgresRow, from first: Int
  ) throws(PostgresDecodingError) -> CheckedChain.UserTraits? {
    guard let isEnabled: Bool = try row.optional(first + 1) else { return nil }
    return CheckedChain.UserTraits(displayName: try row.optional(first), isEnabled: isEnabled)
  }

  private static func owner(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> CheckedChain.UserTraits? {
    try row.value(26, as: Bool.self) ? try copy(row, from: 27) : nil
  }
}
