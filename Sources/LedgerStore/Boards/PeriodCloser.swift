// Closes periods exactly. The clock is Postgres's. A period that is over, grace included, is closed while the
// definitions lock is held alone: every writing transaction holds that lock shared and reads the clock under
// it, so none is under way that could still count an entry in the period, and none that comes later will.
// After that its slots stand still until they are stored, however long that takes, and whoever does it.
package import Boards
package import Ledger
package import PostgresClient

/// One worker's way to close periods; used on its loop only.
package struct PeriodCloser: Sendable {
  /// So many are closed at once.
  private static let most: Int64 = 256
  /// What came of storing a period.
  package enum Stored: Sendable {
    case snapshot(SnapshotID)
    /// Another process is at it.
    case elsewhere
    case failed(String)
  }
  /// Stores a period's ranking from the slots of the ledger. It may be asked again for the same one.
  package typealias Settle = (DefinedBoard, BoardPeriod) async throws(PostgresError) -> Stored

  /// All who write wait a moment for each change of the definitions: what is stored within this time is
  /// frozen by one.
  private static let gathering = Duration.seconds(1)

  private let definitions: Definitions
  private let failed = FailedPeriods()

  package init(pool: PostgresPool, catalog: PointTypeCatalog) {
    definitions = Definitions(pool: pool, catalog: catalog)
  }

  package struct Outcome: Sendable, Equatable {
    package var closed = 0
    /// Periods that were stored and need no mirror any more.
    package var frozen: [SlotKey] = []
    package var failed = 0
  }

  /// Closes what is over, and stores what is closed: the earliest first. Repeats do nothing.
  package func closeDue(settle: Settle) async throws(PostgresError) -> Outcome {
    var outcome = Outcome()
    do throws(PostgresError) {
      outcome.closed = try await closeOver()
    } catch {
      // A transaction goes on for long that may still count in what is over. Its end is awaited, though not
      // here: all who write would wait, too.
      guard error.state == .lockNotAvailable else { throw error }
    }
    var stored: [StoredPeriod] = []
    var gathersUntil = ContinuousClock.now
    for closing in try await definitions.pool.query(ReadClosingPeriods(limit: Self.most))
    where !failed.isPausing(closing) {
      if stored.isEmpty { gathersUntil = .now + Self.gathering }
      guard let one = try await store(closing, settle, &outcome) else { continue }
      stored.append(one)
      if .now >= gathersUntil { try await freeze(&stored, &outcome) }
    }
    try await freeze(&stored, &outcome)
    return outcome
  }

  /// From here on nothing counts in what is over; answers how many periods that are.
  private func closeOver() async throws(PostgresError) -> Int {
    guard let due = try await definitions.pool.first(CountDuePeriods()), due > 0 else { return 0 }
    return try await definitions.changeUnlessHeld { transaction throws(PostgresError) in
      let (closed, _) = try await transaction.pipeline(BeginClosing(limit: Self.most), NoteClosed())
      return closed.isEmpty ? .nothing(0) : .made(closed.count)
    }
  }

  private func store(
    _ closing: PeriodOfBoard, _ settle: Settle, _ outcome: inout Outcome
  ) async throws(PostgresError) -> StoredPeriod? {
    let pool = definitions.pool
    guard let definition = try await pool.first(FindBoard(id: closing.board)) else { return nil }
    let number = closing.period.number
    var stored: Stored
    do throws(PostgresError) {
      stored = try await settle(DefinedBoard(definition, periods: [closing.period]), closing.period)
    } catch {
      // That Postgres is away says nothing of this period: it is still the next one to be stored.
      guard !error.isOfConnection else { throw error }
      stored = .failed(error.description)
    }
    switch stored {
    case .snapshot(let snapshot):
      failed.succeed(closing)
      return StoredPeriod(
        closing: closing, slot: SlotKey(board: definition.number, period: number), snapshot: snapshot)
    case .elsewhere: return nil
    case .failed(let reason):
      outcome.failed += 1
      failed.fail(closing)
      // Where not even this can be written, the period stays closing, which is tried again as well.
      _ = try await pool.query(FailPeriod(board: closing.board, number: number, reason: reason))
      return nil
    }
  }

  /// From here on mirrors may forget them, and lanes do.
  private func freeze(
    _ stored: inout [StoredPeriod], _ outcome: inout Outcome
  ) async throws(PostgresError) {
    let periods = stored
    stored = []
    guard !periods.isEmpty else { return }
    let frozen = try await definitions.change { transaction throws(PostgresError) in
      let frozen = try await transaction.query(FreezePeriods(stored: periods))
      return frozen.isEmpty ? .nothing([]) : .made(frozen)
    }
    outcome.frozen += periods.filter { period in
      frozen.contains { $0.board == period.closing.board && $0.number == period.closing.period.number }
    }.map(\.slot)
  }
}
