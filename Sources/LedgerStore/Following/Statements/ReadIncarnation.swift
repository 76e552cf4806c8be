// Which ledger this is.
import Ledger
import PostgresClient

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
      timeline: UInt32(truncatingIfNeeded: try row.value(3, as: Int64.self)),
      startedAt: Instant(microseconds: try row.value(4)))
    return (ledger, try row.value(5))
  }
}
