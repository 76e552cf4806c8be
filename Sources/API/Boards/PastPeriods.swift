// Periods that are stored are read from their snapshots, by the same routes as those that go on.
import Boards
import HTTPServer
import Ledger
package import LedgerStore
import PostgresClient

/// One worker's way to them; used on its loop only.
package struct PastPeriods: Sendable {
  private let snapshots: SnapshotReader
  private let registry: BoardRegistry
  private let closes = RememberedCloses()

  package init(_ snapshots: SnapshotReader, _ registry: BoardRegistry) {
    self.snapshots = snapshots
    self.registry = registry
  }

  func board(_ lookup: PointTypeLookup) -> PastBoard { PastBoard(snapshots, lookup) }

  /// Which ranks users had before; nil where there is nothing to compare with.
  func ranks(
    of users: [UserID], on board: BoardOfType, in search: PastRanks.Search
  ) async throws(PostgresError) -> PastRanks? {
    try await snapshots.pastRanks(of: users, on: board, in: search)
  }

  /// Nil for whoever was not listed.
  func standing(of user: UserID, in snapshot: Snapshot) async throws(PostgresError) -> PastStanding? {
    try await snapshots.pastStanding(of: user, in: snapshot)
  }

  /// What revisions made of a user's score; nil for one that is as it was counted.
  func correction(
    of user: UserID, in snapshot: Snapshot
  ) async throws(PostgresError) -> ExplainedCorrection? {
    let fixes = try await snapshots.fixes(of: user, in: snapshot)
    guard !fixes.isEmpty, let original = try await snapshots.snapshot(snapshot.plan.original) else {
      return nil
    }
    return ExplainedCorrection(
      fixes, original: try await snapshots.standing(of: user, in: original.number))
  }

  /// In order.
  func entries(
    of snapshot: Snapshot, after offset: Int64, limit: Int64
  ) async throws(PostgresError) -> [NamedEntry] {
    try await snapshots.namedEntries(of: snapshot, after: Int32(clamping: offset), limit: Int(limit))
  }

  /// A board as it was scored in a period that is stored: that one takes entries again, and those before it
  /// are there as far back as something that was written down in it could still count in them.
  func scored(_ definition: BoardDefinition, _ number: Int32) async throws(Problem) -> ScoreRule? {
    let grace = definition.traits.graceSeconds * 1_000_000
    let rows = try await Problem.explaining { () async throws(PostgresError) in
      try await registry.periods(of: definition.id, before: Int64(number) + 1, limit: Self.neighboursMax)
    }
    guard let wanted = rows.first, wanted.number == number else { return nil }
    let periods = rows.filter {
      $0.number == number || $0.end.microseconds > wanted.start.microseconds - grace
    }
    let scored = periods.reversed().map {
      ScoredBoard.Period(number: $0.number, start: $0.start, end: $0.end, isSettled: $0.number != number)
    }
    guard let period = scored.last else { return nil }
    return .period(
      ScoredBoard(
        number: definition.number, metric: definition.traits.metric, filter: definition.traits.filter,
        grace: grace, periods: scored, laidDownUntil: wanted.end),
      period)
  }

  /// As many days as a grace may last, and some to spare for seasons.
  private static let neighboursMax: Int64 = 64

  /// What is stored of the period that a caller names; nil for one that is not stored.
  func snapshot(of board: DefinedBoard, _ period: String) async throws(Problem) -> Snapshot? {
    let definition = board.definition
    if period == "previous" {
      let last = try await Problem.explaining { () async throws(PostgresError) in
        try await snapshots.list(
          of: BoardOfType(pointType: definition.pointType, key: .defined(definition.id)), purpose: .close,
          limit: 1
        ).first
      }
      guard let last else {
        throw Problem(.noPeriod, "No period of the board \"\(definition.name)\" is stored yet.")
      }
      return last
    }
    // Nearly always it is one that this worker knows.
    guard period != "current", !board.periods.contains(where: { $0.label == period && $0.isUnsettled }) else {
      return nil
    }
    if let known = closes.snapshot(of: definition.id, labelled: period) { return known }
    let found = try await Problem.explaining { () async throws(PostgresError) -> Snapshot? in
      guard let found = try await registry.period(of: definition.id, labelled: period) else { return nil }
      let close = try await snapshots.close(of: definition.id, period: found.number)
      return close.flatMap { $0.isComplete ? $0 : nil }
    }
    if let found { closes.remember(found, of: definition.id, labelled: period) }
    return found
  }
}
