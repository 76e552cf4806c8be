// What accounts did, as boards must know it.
import Ledger
import PostgresClient

struct ReadPastEntries: PostgresStatement {
  static let sql = PostgresSQL("read_past_entries", PackageResources.read_past_entries_sql)
  static var isReadOnly: Bool { true }

  let type: PointTypeID
  /// In order, and after which version of each.
  let users: [(user: UserID, version: Int64)]
  let since: Instant
  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(type.postgres)
    parameters.append(column: users) { $0.user.text }
    parameters.append(column: users) { $0.version }
    parameters.append(since.postgres)
    parameters.append(limit)
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (user: UserID, entry: PastEntry) {
    (try row.user(0), try row.pastEntry())
  }
}

extension PostgresRow {
  /// The user's id, what the transaction was, and what it takes back.
  func pastEntry() throws(PostgresDecodingError) -> PastEntry {
    PastEntry(
      id: try id(1), version: try value(2), direction: try direction(3), amount: try value(4),
      earned: try value(5), spent: try value(6), kind: Kind(stored: try value(7)), category: try optional(8),
      occurredAt: try instant(9), createdAt: try instant(10),
      original: try original(from: 11, of: try user(0)))
  }

  fileprivate func direction(_ column: Int) throws(PostgresDecodingError) -> Direction {
    try value(column, as: String.self) == "credit" ? .credit : .debit
  }

  /// What is taken back. A credit is earned wholly or not at all, and nobody asks here what was spent.
  fileprivate func original(
    from first: Int, of user: UserID
  ) throws(PostgresDecodingError) -> ReversibleTransaction? {
    guard let id: TransactionID = try optionalID(first) else { return nil }
    let (direction, amount) = (try direction(first + 1), try value(first + 2, as: Int64.self))
    let kind = Kind(stored: try value(first + 3))
    return ReversibleTransaction(
      id: id, account: AccountKey(user: user, pointType: PointTypeID(UUIDBits(high: 0, low: 0))),
      direction: direction, amount: amount, earned: direction == .credit && kind.isEarned ? amount : 0,
      spent: 0,
      kind: kind, category: try optional(first + 4), occurredAt: try instant(first + 5),
      createdAt: try instant(first + 6))
  }
}
