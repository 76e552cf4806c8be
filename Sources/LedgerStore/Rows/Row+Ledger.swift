// Rows of accounts and transactions, decoded where they lie; the order of columns is that of the statements.
import Ledger
import PostgresClient

extension PostgresRow {
  func id<ID: UUIDIdentifier>(_ column: Int, as type: ID.Type = ID.self) throws(PostgresDecodingError) -> ID {
    ID(try value(column, as: PostgresUUID.self))
  }

  func optionalID<ID: UUIDIdentifier>(
    _ column: Int, as type: ID.Type = ID.self
  ) throws(PostgresDecodingError) -> ID? {
    try optional(column, as: PostgresUUID.self).map { ID($0) }
  }

  func instant(_ column: Int) throws(PostgresDecodingError) -> Instant {
    Instant(try value(column, as: PostgresTimestamp.self))
  }

  func optionalInstant(_ column: Int) throws(PostgresDecodingError) -> Instant? {
    try optional(column, as: PostgresTimestamp.self).map { Instant($0) }
  }

  func user(_ column: Int) throws(PostgresDecodingError) -> UserID {
    UserID(stored: try value(column))
  }

  /// A position and the batch that is there.
  func position(_ first: Int) throws(PostgresDecodingError) -> LedgerPosition {
    LedgerPosition(try value(first), batch: UUIDBits(try value(first + 1, as: PostgresUUID.self)))
  }

  /// user_id, point_type_id, balance, held, total_earned, total_spent, version, revision,
  /// last_transaction_at, earned_at, updated_at, slot_keys, slot_values.
  func account(from first: Int = 0) throws(PostgresDecodingError) -> Account {
    Account(
      key: AccountKey(user: try user(first), pointType: try id(first + 1)), balance: try value(first + 2),
      held: try value(first + 3), totalEarned: try value(first + 4), totalSpent: try value(first + 5),
      version: try value(first + 6), revision: try value(first + 7),
      lastTransactionAt: try optionalInstant(first + 8), earnedAt: try optionalInstant(first + 9),
      updatedAt: try instant(first + 10), slots: try slots(from: first + 11))
  }

  /// The columns of an account, and behind them display_name and user_enabled.
  func namedAccount(from first: Int = 0) throws(PostgresDecodingError) -> NamedAccount {
    NamedAccount(
      try account(from: first), displayName: try optional(first + 13), isEnabled: try value(first + 14))
  }

  /// slot_keys and slot_values.
  private func slots(from first: Int) throws(PostgresDecodingError) -> BoardSlots {
    guard let keys = try optionalArray(first, of: Int64.self) else { return BoardSlots() }
    return BoardSlots(keys: keys, values: try array(first + 1, of: Int64.self))
  }

  /// The columns of `transactions` in the order of the table.
  func transaction(from first: Int = 0) throws(PostgresDecodingError) -> Transaction {
    let direction = try value(first + 4, as: String.self) == "credit" ? Direction.credit : .debit
    return Transaction(
      id: try id(first), account: AccountKey(user: try user(first + 1), pointType: try id(first + 2)),
      version: try value(first + 3), direction: direction, amount: try value(first + 5),
      before: try value(first + 6), after: try value(first + 7), totalEarned: try value(first + 8),
      totalSpent: try value(first + 9), kind: Kind(stored: try value(first + 10)),
      details: try details(from: first + 11), reverses: try optionalID(first + 19),
      occurredAt: try instant(first + 21), createdAt: try instant(first + 22), createdBy: try id(first + 23))
  }

  private func details(from first: Int) throws(PostgresDecodingError) -> TransactionDetails {
    var details = TransactionDetails()
    details.category = try optional(first)
    details.reason = try optional(first + 1)
    details.description = try optional(first + 2)
    details.actor = try optional(first + 3)
    details.validatorID = try optional(first + 4)
    details.relatedTo = try optional(first + 5)
    details.tournamentID = try optional(first + 6)
    details.registrationID = try optional(first + 7)
    details.metadata = try optional(first + 9)
    details.occurredAt = try instant(first + 10)
    return details
  }
}
