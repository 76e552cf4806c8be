// What admins do with periods: announce a season, end one early, let one go on. All of it names an instant to
// come, so that nothing that was counted changes its place.
package import Boards
import Calendar
package import Ledger
package import PostgresClient

extension BoardRegistry {
  /// So far ahead a period ends that is closed early, unless another instant is named, half as far ahead at
  /// the least: everybody who counts learns of it before.
  private static let noticeMicroseconds: Int64 = 2_000_000

  /// The periods of a board, the newest first.
  package func periods(
    of board: BoardID, before number: Int64 = .max, limit: Int64, begunOnly: Bool = false
  ) async throws(PostgresError) -> [BoardPeriod] {
    try await definitions.pool.query(
      ReadPeriods(board: board, before: number, limit: limit, begunOnly: begunOnly)
    ).map(\.period)
  }

  package func period(of board: BoardID, labelled label: String) async throws(PostgresError) -> BoardPeriod? {
    try await definitions.pool.first(FindPeriod(board: board, label: label))?.period
  }

  /// Announces a season, behind all that there are.
  package func announce(_ season: Season, on id: BoardID) async throws(PostgresError) -> PeriodChange {
    try await definitions.change { transaction throws(PostgresError) in
      let (clock, boards, last, same) = try await transaction.pipeline(
        ReadTimeOfLedger(), FindBoard(id: id), ReadLastPeriod(board: id),
        FindPeriod(board: id, label: season.label))
      guard let now = clock.first else { throw .unexpectedRowCount(0) }
      guard let board = boards.first, board.state != .removed else {
        return .nothing(.notFound)
      }
      if let why = Self.objection(to: season, on: board, last: last.first?.period, same: same.first, at: now)
      {
        return .nothing(.impossible(why))
      }
      guard let period = Self.periods(of: [season], after: last.first?.period.number ?? 0)?.first else {
        return .nothing(.impossible("it must end after it begins"))
      }
      _ = try await transaction.query(InsertPeriods(periods: [PeriodOfBoard(board: id, period: period)]))
      return .made(.changed(period), noting: [.announced(period, on: board, by: actor)])
    }
  }

  private static func objection(
    to season: Season, on board: BoardDefinition, last: BoardPeriod?, same: PeriodOfBoard?, at now: Instant
  ) -> String? {
    guard board.traits.rule == .seasons else { return "this board's periods follow from its definition" }
    guard same == nil else { return "a season has this label already" }
    guard season.start > now else { return "it must begin in the future" }
    guard season.start < season.end else { return "it must end after it begins" }
    guard let last, season.start < last.end else { return nil }
    return "it must begin after the last season, which ends later than that"
  }

  /// Moves the end of a period that is open: to an earlier instant, though not one that has passed, or to a
  /// later one. The period behind it begins where it ends.
  package func move(
    endOf label: String, of id: BoardID, to wanted: Instant?
  ) async throws(PostgresError) -> PeriodChange {
    try await definitions.change { transaction throws(PostgresError) in
      let (clock, boards, found, unsettled) = try await transaction.pipeline(
        ReadTimeOfLedger(), FindBoard(id: id), FindPeriod(board: id, label: label), ReadUnsettledPeriods())
      guard let now = clock.first else { throw .unexpectedRowCount(0) }
      guard let board = boards.first, let period = found.first?.period else { return .nothing(.notFound) }
      guard period.state == .open else { return .nothing(.notOpen) }
      let end = wanted ?? Instant(microseconds: now.microseconds + Self.noticeMicroseconds)
      let next = unsettled.first { $0.board == id && $0.period.number > period.number }?.period
      if let why = Self.objection(to: end, of: period, next: next, at: now) {
        return .nothing(.impossible(why))
      }
      let moved = period.with(start: period.start, end: end)
      _ = try await transaction.query(MovePeriod(board: id, period: moved))
      if let next, next.start == period.end || end > next.start {
        let after = next.with(start: end, end: next.end)
        _ = try await transaction.query(MovePeriod(board: id, period: after))
      }
      return .made(.changed(moved), noting: [.moved(period, to: moved, of: board, by: actor)])
    }
  }

  private static func objection(
    to end: Instant, of period: BoardPeriod, next: BoardPeriod?, at now: Instant
  ) -> String? {
    guard period.end.microseconds != .max else { return "all time has no end" }
    guard period.start <= now else { return "it has not begun" }
    guard period.end > now else { return "it is over" }
    guard end.microseconds >= now.microseconds + noticeMicroseconds / 2 else {
      return "the end must lie in the future, by a second at the least"
    }
    guard let next, end >= next.end else { return nil }
    return "the period behind it ends before that"
  }
}

extension BoardPeriod {
  fileprivate func with(start: Instant, end: Instant) -> BoardPeriod {
    BoardPeriod(number: number, label: label, start: start, end: end, state: state)
  }
}
