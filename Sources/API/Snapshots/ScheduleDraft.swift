// A schedule of snapshots as somebody asks for it.
import Boards
import Calendar
import EventLoop
import HTTPServer
import Ledger
import LedgerStore

struct ScheduleDraft {
  /// No two snapshots of a schedule are due within less: each keeps all members of a board.
  private static let gapSecondsMin: Int64 = 60

  let name: String
  let choice: SnapshotChoice
  private let expression: CronExpression
  private let zone: TimeZone
  private let source: SnapshotPlan.Source
  private let keepDays: Int32?

  init(reading exchange: HTTPExchange, zones: TimeZoneFiles) throws(Problem) {
    var body = try RequestBody(exchange)
    name = try body.string("name", bytes: 64)
    guard SnapshotSchedule.isName(name) else {
      throw .field("name", "must be small letters, digits, hyphens and underscores")
    }
    choice = try SnapshotChoice(&body)
    let text = try body.string("schedule", bytes: 256)
    do throws(CalendarError) {
      expression = try CronExpression(text)
    } catch {
      throw .impossibleSchedule("schedule", "is no cron expression: \(error)")
    }
    let zoneName = try body.optionalString("timeZone", bytes: 64) ?? "UTC"
    guard let zone = try? zones.zone(named: zoneName) else {
      throw .impossibleSchedule(
        "timeZone", "must be the name of a time zone that is known here, such as Europe/Berlin")
    }
    self.zone = zone
    let word = try body.optionalString("source", bytes: 16)
    guard let source = SnapshotPlan.Source(rawValue: word ?? SnapshotPlan.Source.ledger.rawValue) else {
      throw .field("source", "must be ledger or live")
    }
    self.source = source
    keepDays = try body.optionalInteger("keepDays", in: 1...SnapshotSchedule.daysMax).map { Int32($0) }
    try body.finish()
    let now = WallClock.now.microseconds
    guard expression.next(after: now, in: zone) != nil else {
      throw .impossibleSchedule("schedule", "names no instant to come")
    }
    guard !expression.isDenser(thanSeconds: Self.gapSecondsMin, after: now, in: zone) else {
      throw .impossibleSchedule("schedule", "must not be due twice within a minute")
    }
  }

  /// The first instant behind this one.
  func due(after now: Instant) -> Instant? {
    expression.next(after: now.microseconds, in: zone).map { Instant(microseconds: $0) }
  }

  func schedule(of found: SnapshotChoice.Found) throws(Problem) -> SnapshotSchedule {
    SnapshotSchedule(
      id: ScheduleID(UUIDBits.random()), name: name, board: try board(found), expression: expression.text,
      timeZone: zone.name, source: source, keepDays: keepDays)
  }

  private func board(_ found: SnapshotChoice.Found) throws(Problem) -> SnapshotBoard {
    switch found {
    case .allTime(.balance, let type): .balance(of: type)
    case .allTime(.earned, let type): .earned(of: type)
    case .defined(let board):
      SnapshotBoard(
        pointType: board.definition.pointType, key: .defined(board.definition.id),
        name: board.definition.name, category: board.definition.category)
    case .removed: throw Problem(.notFound, "The board was removed.")
    }
  }
}

extension Problem {
  fileprivate static func impossibleSchedule(_ field: String, _ words: String) -> Problem {
    .field(field, words, code: .impossibleSchedule)
  }
}
