// Periods that are stored.
import Boards
import Ledger
import PostgresClient

struct FreezePeriods: PostgresStatement {
  static let sql = PostgresSQL("freeze_periods", PackageResources.freeze_periods_sql)

  struct Row {
    let board: BoardID
    let number: Int32
  }

  let stored: [StoredPeriod]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: stored) { $0.closing.board.postgres }
    parameters.append(column: stored) { $0.closing.period.number }
    parameters.append(column: stored) { $0.snapshot.postgres }
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    Row(board: try row.id(0), number: try row.value(1))
  }
}

/// A period whose ranks are stored, and where.
struct StoredPeriod {
  let closing: PeriodOfBoard
  let slot: SlotKey
  let snapshot: SnapshotID
}
