// Schedules by which snapshots are taken: entered, listed, removed, and moved on.
import Ledger
import PostgresClient

struct InsertSchedule: PostgresStatement {
  static let sql = PostgresSQL("insert_schedule", PackageResources.insert_schedule_sql)

  let schedule: SnapshotSchedule
  let nextDueAt: Instant?
  let most: Int64

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(schedule.id.postgres)
    parameters.append(schedule.name)
    parameters.append(schedule.board.pointType.postgres)
    parameters.append(schedule.board.key.text)
    parameters.append(schedule.board.name)
    parameters.append(schedule.board.category)
    parameters.append(schedule.expression)
    parameters.append(schedule.timeZone)
    parameters.append(schedule.source.rawValue)
    parameters.append(schedule.keepDays)
    parameters.append(nextDueAt?.postgres)
    parameters.append(most)
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> SnapshotScheduleRecord {
    try row.schedule()
  }
}

struct ListSchedules: PostgresStatement {
  static let sql = PostgresSQL("list_schedules", PackageResources.list_schedules_sql)
  static var isReadOnly: Bool { true }

  /// Nil for all.
  let name: String?

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(name)
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> SnapshotScheduleRecord {
    try row.schedule()
  }
}

struct ListDueSchedules: PostgresStatement {
  static let sql = PostgresSQL("list_due_schedules", PackageResources.list_due_schedules_sql)
  static var isReadOnly: Bool { true }

  let now: Instant

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(now.postgres)
  }

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> SnapshotScheduleRecord {
    try row.schedule()
  }
}

struct DeleteSchedule: PostgresStatement {
  static let sql = PostgresSQL("delete_schedule", PackageResources.delete_schedule_sql)

  let name: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(name)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> ScheduleID {
    try row.id(0)
  }
}

/// No row if another has moved it on.
struct PassTurn: PostgresStatement {
  static let sql = PostgresSQL("pass_turn", PackageResources.pass_turn_sql)

  let id: ScheduleID
  let stoodAt: Instant
  let next: Instant?
  let seenTo: Instant
  let snapshot: SnapshotID?
  let refusal: String?

  /// Nil for one that was not due.
  init?(
    _ record: SnapshotScheduleRecord, to next: Instant?, seenTo: Instant, snapshot: SnapshotID? = nil,
    refusal: String? = nil
  ) {
    guard let stoodAt = record.nextDueAt else { return nil }
    id = record.schedule.id
    self.stoodAt = stoodAt
    self.next = next
    self.seenTo = seenTo
    self.snapshot = snapshot
    self.refusal = refusal
  }

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id.postgres)
    parameters.append(stoodAt.postgres)
    parameters.append(next?.postgres)
    parameters.append(seenTo.postgres)
    parameters.append(snapshot?.postgres)
    parameters.append(refusal)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> ScheduleID {
    try row.id(0)
  }
}

extension PostgresRow {
  /// The columns of a schedule, from `id` to `last_refusal`.
  fileprivate func schedule() throws(PostgresDecodingError) -> SnapshotScheduleRecord {
    guard let key = SnapshotBoard.Key(text: try value(3)),
      let source = SnapshotPlan.Source(rawValue: try value(8))
    else { throw PostgresDecodingError(column: 3, failure: .outOfRange) }
    let schedule = SnapshotSchedule(
      id: try id(0), name: try value(1),
      board: SnapshotBoard(pointType: try id(2), key: key, name: try value(4), category: try value(5)),
      expression: try value(6), timeZone: try value(7), source: source, keepDays: try optional(9))
    var last: SnapshotScheduleRecord.Turn?
    if let dueAt = try optionalInstant(12) {
      let uuid: PostgresUUID? = try optional(13)
      last = SnapshotScheduleRecord.Turn(
        dueAt: dueAt, snapshot: uuid.map { SnapshotID(UUIDBits(high: $0.high, low: $0.low)) },
        refusal: try optional(14))
    }
    return SnapshotScheduleRecord(
      schedule: schedule, createdAt: try instant(10), nextDueAt: try optionalInstant(11), last: last)
  }
}
