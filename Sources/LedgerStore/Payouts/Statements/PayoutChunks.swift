// The postings of a payout: which is next, and that one is posted.
import Ledger
import PostgresClient

struct FindNextChunk: PostgresStatement {
  static let sql = PostgresSQL("find_next_chunk", PackageResources.find_next_chunk_sql)
  static var isReadOnly: Bool { true }

  let number: Int32
  let after: Int32

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(after)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PayoutChunk {
    let first: Int32 = try row.value(2)
    return PayoutChunk(
      posting: try row.id(0), chunk: try row.value(1), legs: first...max(first, try row.value(3)),
      attempt: try row.value(4))
  }
}

struct FindLastChunk: PostgresStatement {
  static let sql = PostgresSQL("find_last_chunk", PackageResources.find_last_chunk_sql)
  static var isReadOnly: Bool { true }

  let number: Int32

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.optional(0) ?? 0
  }
}

struct SettleChunk: PostgresStatement {
  static let sql = PostgresSQL("settle_chunk", PackageResources.settle_chunk_sql)

  let number: Int32
  let chunk: Int32
  let credited: Int32
  let refused: Int32

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(number)
    parameters.append(chunk)
    parameters.append(credited)
    parameters.append(refused)
  }
  /// The number of the ledger's last batch.
  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}
