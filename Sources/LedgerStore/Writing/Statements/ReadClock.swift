// The time of a batch, and by which definitions it is decided.
import Ledger
import PostgresClient

struct ReadClock: PostgresStatement {
  static let sql = PostgresSQL("read_clock", PackageResources.read_clock_sql)

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (now: Instant, generation: Int64) {
    (try row.instant(0), try row.value(1))
  }
}
