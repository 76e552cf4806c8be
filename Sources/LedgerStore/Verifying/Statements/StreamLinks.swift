// Transactions in the order in which they lie.
import Ledger
import PostgresClient

struct StreamLinks: PostgresStatement {
  static let sql = PostgresSQL("stream_links", PackageResources.stream_links_sql)
  static var isReadOnly: Bool { true }

  let stretch: TableStretch
  let accounts: WalkedAccounts

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(stretch, of: accounts)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> MetLink {
    MetLink(hash: try row.value(0), link: try row.link(from: 1))
  }
}

extension PostgresParameters {
  /// Two parameters: the places from which and before which.
  mutating func append(_ stretch: TableStretch) {
    append(stretch.from)
    append(stretch.before)
  }

  /// Six parameters.
  mutating func append(_ stretch: TableStretch, of accounts: WalkedAccounts) {
    append(stretch)
    append(column: accounts.types) { $0.postgres }
    append(accounts.mask)
    append(accounts.part)
    append(accounts.seed)
  }
}

extension PostgresRow {
  private static let debit: Int32 = 8

  /// version, effect, amount, before, after, total_earned, total_spent, created_at, id of a reversal.
  func link(from first: Int) throws(PostgresDecodingError) -> ChainLink {
    let effect: Int32 = try value(first + 1)
    return ChainLink(
      version: try value(first), direction: effect & Self.debit == 0 ? .credit : .debit,
      effect: ChainLink.Effect(rawValue: effect & ~Self.debit) ?? .plain, amount: try value(first + 2),
      before: try value(first + 3), after: try value(first + 4), totalEarned: try value(first + 5),
      totalSpent: try value(first + 6), createdAt: try instant(first + 7),
      reversal: try optionalID(first + 8))
  }
}
