// The next links of some chains, with accounts and users.
import Ledger
import PostgresClient

struct ReadChains: PostgresStatement {
  static let sql = PostgresSQL("read_chains", PackageResources.read_chains_sql)
  static var isReadOnly: Bool { true }

  let places: [ChainPlace]
  let limit: Int64

  /// With the number of its place among those that were asked for, the first of which is 1.
  enum Row: Sendable {
    case link(ChainLink, of: Int64)
    case end(ReadChain, of: Int64)
  }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: places) { $0.key.user.text }
    parameters.append(column: places) { $0.key.pointType.postgres }
    parameters.append(column: places) { $0.version }
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    let place: Int64 = try row.value(0)
    guard try row.value(18) else { return .link(try row.link(from: 1), of: place) }
    var chain = ReadChain()
    chain.account = try account(row)
    chain.userCopy = try traits(row, from: 14)
    chain.user = try traits(row, from: 16)
    return .end(chain, of: place)
  }

  private static func account(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Account? {
    guard let version: Int64 = try row.optional(1) else { return nil }
    return Account(
      key: AccountKey(user: try row.user(19), pointType: try row.id(20)), balance: try row.value(5),
      held: try row.value(10), totalEarned: try row.value(6), totalSpent: try row.value(7), version: version,
      revision: try row.value(11),
      lastTransactionAt: try row.optionalInstant(8), earnedAt: try row.optionalInstant(12),
      updatedAt: try row.instant(13))
  }

  private static func traits(
    _ row: borrowing PostgresRow, from first: Int
  ) throws(PostgresDecodingError) -> CheckedChain.UserTraits? {
    guard let isEnabled: Bool = try row.optional(first + 1) else { return nil }
    return CheckedChain.UserTraits(displayName: try row.optional(first), isEnabled: isEnabled)
  }
}
