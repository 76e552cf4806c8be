// The statements of those who follow the ledger.
import Ledger
import PostgresClient

struct TakeNumberingTurn: PostgresStatement {
  static let sql = PostgresSQL("take_numbering_turn", PackageResources.take_numbering_turn_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}

struct NumberBatches: PostgresStatement {
  static let sql = PostgresSQL("number_batches", PackageResources.number_batches_sql)

  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

struct ReadHead: PostgresStatement {
  static let sql = PostgresSQL("read_head", PackageResources.read_head_sql)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> LedgerPosition {
    try row.position(0)
  }
}

struct ReadBatches: PostgresStatement {
  static let sql = PostgresSQL("read_batches", PackageResources.read_batches_sql)
  static var isReadOnly: Bool { true }

  let position: Int64
  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(position)
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> LedgerBatch {
    let users = try row.array(2, of: String.self)
    let types = try row.array(3, of: PostgresUUID.self)
    let keys = zip(users, types).map {
      AccountKey(user: UserID(stored: $0), pointType: PointTypeID($1))
    }
    return LedgerBatch(position: try row.position(0), accounts: keys)
  }
}

struct FindBatches: PostgresStatement {
  static let sql = PostgresSQL("find_batches", PackageResources.find_batches_sql)
  static var isReadOnly: Bool { true }

  let positions: [Int64]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(positions)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> LedgerPosition {
    try row.position(0)
  }
}

struct ReadNamedAccounts: PostgresStatement {
  static let sql = PostgresSQL("read_named_accounts", PackageResources.read_named_accounts_sql)
  static var isReadOnly: Bool { true }

  let keys: [AccountKey]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(keys: keys)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> NamedAccount {
    NamedAccount(try row.account(), displayName: try row.optional(11))
  }
}

struct ReadAccountsOfType: PostgresStatement {
  static let sql = PostgresSQL("read_accounts_of_type", PackageResources.read_accounts_of_type_sql)
  static var isReadOnly: Bool { true }

  let type: PointTypeID
  let user: UserID?
  let limit: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(type.postgres)
    parameters.append(user?.text ?? "")
    parameters.append(limit)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> NamedAccount {
    NamedAccount(try row.account(), displayName: try row.optional(11))
  }
}

struct CountAccounts: PostgresStatement {
  static let sql = PostgresSQL("count_accounts", PackageResources.count_accounts_sql)
  static var isReadOnly: Bool { true }

  let type: PointTypeID

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(type.postgres)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

struct ReadIncarnation: PostgresStatement {
  static let sql = PostgresSQL("read_incarnation", PackageResources.read_incarnation_sql)
  static var isReadOnly: Bool { true }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (ledger: LedgerIncarnation, generation: Int64) {
    let ledger = LedgerIncarnation(
      ledger: UUIDBits(try row.value(0, as: PostgresUUID.self)),
      systemIdentifier: UInt64(bitPattern: try row.value(1, as: Int64.self)),
      databaseOID: UInt32(truncatingIfNeeded: try row.value(2, as: Int64.self)),
      timeline: UInt32(truncatingIfNeeded: try row.value(3, as: Int64.self)))
    return (ledger, try row.value(4))
  }
}

extension PostgresRow {
  fileprivate func position(_ first: Int) throws(PostgresDecodingError) -> LedgerPosition {
    LedgerPosition(try value(first), batch: UUIDBits(try value(first + 1, as: PostgresUUID.self)))
  }
}
