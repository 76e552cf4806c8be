// A runner's way to close seasons, with real snapshots, by way of a lane; and what they must come to.
import Boards
import Calendar
import Ledger
import PostgresClient
import TestSupport
import Testing

@testable import LedgerStore

struct ClosingDesk: Sendable {
  let lane: TestLane

  init(_ lane: TestLane) {
    self.lane = lane
  }

  struct Unexpected: Error {
    let outcome: String
  }

  /// A board of what is earned with one season, from a minute ago to so many seconds from now.
  func define(_ name: String, on points: PointTypeID, endingIn seconds: Double) async throws -> DefinedBoard {
    let outcome = try await lane.with { pool, catalog throws(PostgresError) in
      guard let clock = try await pool.first(ReadClock()) else { throw .unexpectedRowCount(0) }
      let now = clock.now.microseconds
      let season = Season(
        label: "only", start: Instant(microseconds: now - 60_000_000),
        end: Instant(microseconds: now + Int64(seconds * 1_000_000)))
      return try await BoardRegistry(pool: pool, catalog: catalog, zones: TimeZoneFiles()).create(
        name, of: points, BoardTraits(displayName: name, metric: .earned, rule: .seasons), seasons: [season])
    }
    guard case .created(let boards) = outcome else { throw Unexpected(outcome: "\(outcome)") }
    return try #require(boards.first)
  }

  /// Closes until the condition holds of what was stored by this runner, or by whoever; answers the former.
  func close(until isDone: @escaping @Sendable ([SlotKey]) -> Bool) async throws -> [SlotKey] {
    try await lane.with { pool, catalog throws(PostgresError) in
      var frozen: [SlotKey] = []
      let settling = SnapshotSettling(pool: pool)
      while !isDone(frozen) {
        frozen += try await PeriodCloser(pool: pool, catalog: catalog).closeDue {
          board, period throws(PostgresError) in
          switch try await settling.take(Self.plan(of: board, period)) {
          case .complete(let snapshot): .snapshot(snapshot.id)
          case .busy: .elsewhere
          case .ended(let snapshot): .failed("\(snapshot.state)")
          }
        }.frozen
        _ = try await pool.query(ShortNap())
      }
      return frozen
    }
  }

  /// Closes once, and stores nothing: another process, it is said, is at it.
  func beginClosing() async throws {
    _ = try await lane.with { pool, catalog throws(PostgresError) in
      try await PeriodCloser(pool: pool, catalog: catalog).closeDue { _, _ in .elsewhere }
    }
  }

  func take(_ plan: SnapshotPlan) async throws -> Snapshot {
    let outcome = try await lane.with { pool, _ throws(PostgresError) in
      try await SnapshotSettling(pool: pool).take(plan)
    }
    guard case .complete(let snapshot) = outcome else { throw Unexpected(outcome: "\(outcome)") }
    return snapshot
  }

  /// As it was stored at the close.
  func stored(_ board: DefinedBoard) async throws -> Snapshot? {
    let (id, number) = (board.definition.id, board.periods.first?.number ?? 0)
    return try await lane.with { pool, _ throws(PostgresError) in
      try await SnapshotReader(pool: pool).close(of: id, period: number)
    }
  }

  func state(of board: DefinedBoard) async throws -> BoardPeriod.State? {
    let id = board.definition.id
    return try await lane.with { pool, _ throws(PostgresError) in
      try await pool.query(ReadPeriods(board: id, before: .max, limit: 1, begunOnly: false)).first?.period
    }?.state
  }

  static func plan(of board: DefinedBoard, _ period: BoardPeriod) -> SnapshotPlan {
    .close(
      of: board.definition.id, shown(board),
      period: SnapshotPlan.Period(number: period.number, label: period.label), endingAt: period.end,
      slot: SlotKey(board: board.definition.number, period: period.number), order: BoardOrder(),
      eligibility: board.definition.traits.eligibility)
  }

  /// On demand, while it is not stored.
  static func demand(_ number: UInt64, of board: DefinedBoard, _ period: BoardPeriod) -> SnapshotPlan {
    SnapshotPlan(
      id: SnapshotID(UUIDBits(high: 8, low: number)), board: shown(board),
      period: SnapshotPlan.Period(number: period.number, label: period.label), purpose: .demand,
      slot: SlotKey(board: board.definition.number, period: period.number),
      eligibility: board.definition.traits.eligibility)
  }

  private static func shown(_ board: DefinedBoard) -> SnapshotBoard {
    SnapshotBoard(
      pointType: board.definition.pointType, key: .defined(board.definition.id), name: board.definition.name)
  }

  private struct ShortNap: PostgresStatement {
    static let sql = SQL.script("short_nap", "SELECT pg_sleep(0.02)")
    static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
  }
}

extension LedgerContents {
  /// The digest of what was earned in a period by when it was posted.
  func digest(of period: BoardPeriod, on points: PointTypeID) -> [UInt8] {
    let counted = transactions.filter {
      $0.account.pointType == points && $0.createdAt >= period.start && $0.createdAt < period.end
    }
    let listed = Dictionary(grouping: counted, by: \.account.user).map { user, earned in
      (
        user: user, score: earned.reduce(0) { $0 + $1.amount },
        reachedAt: earned.map(\.createdAt).max() ?? period.start
      )
    }.sorted {
      ($1.score, $0.reachedAt.microseconds, $0.user) < ($0.score, $1.reachedAt.microseconds, $1.user)
    }
    return listed.enumerated().map { index, one in
      SnapshotEntry(
        place: Int32(index + 1), rank: Int32(listed.count { $0.score > one.score } + 1), user: one.user,
        score: one.score, reachedAt: one.reachedAt, version: 1)
    }.snapshotDigest
  }
}
