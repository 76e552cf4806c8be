// Schedules by which snapshots are taken again and again.

/// How a schedule stands.
public struct SnapshotSchedule: Sendable, Equatable {
  /// What it is called.
  public let name: String
  /// The name of the point type.
  public let pointType: String
  /// What the board was called when it was made.
  public let board: Board
  /// The id of a board that was defined; nil for `balance` and `earned`.
  public let boardID: String?
  /// Of a board that has one for each category: which one.
  public let category: String?
  /// A cron expression.
  public let schedule: String
  /// In which time zone it is read.
  public let timeZone: String
  /// `ledger` or `live`.
  public let source: SnapshotSource
  /// For how many days a snapshot is kept; nil for ever.
  public let keepDays: Int?
  /// When it was made.
  public let createdAt: Timestamp
  /// Nil if it is never due again.
  public let nextDueAt: Timestamp?
  /// The instant that was seen to last.
  public let lastDueAt: Timestamp?
  /// The snapshot of that instant, of whatever state.
  public let lastSnapshotID: String?
  /// Why there is none.
  public let lastRefusal: String?
}

/// All schedules, as the service lists them.
struct SnapshotScheduleList: AnswerValue {
  let schedules: [SnapshotSchedule]

  init(_ fields: Fields) throws(MalformedAnswer) {
    schedules = try fields.list("schedules")
  }
}

extension SnapshotSchedule: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    name = try fields.text("name")
    pointType = try fields.text("pointType")
    board = Board(rawValue: try fields.text("board"))
    boardID = try fields.textIfAny("boardId")
    category = try fields.textIfAny("category")
    schedule = try fields.text("schedule")
    timeZone = try fields.text("timeZone")
    source = SnapshotSource(rawValue: try fields.text("source"))
    keepDays = try fields.int64IfAny("keepDays").map { Int(clamping: $0) }
    createdAt = try fields.timestamp("createdAt")
    nextDueAt = try fields.timestampIfAny("nextDueAt")
    lastDueAt = try fields.timestampIfAny("lastDueAt")
    lastSnapshotID = try fields.textIfAny("lastSnapshotId")
    lastRefusal = try fields.textIfAny("lastRefusal")
  }
}
