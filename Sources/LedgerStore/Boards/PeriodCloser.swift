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

  private let definitions: Definitions

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
    for closing in try await definitions.pool.query(ReadClosingPeriods(limit: Self.most)) {
      try await store(closing, settle, &outcome)
    }
    return outcome
  }

  /// From here on nothing counts in what is over; answers how many periods that are.
  private func closeOver() async throws(PostgresError) -> Int {
    guard let due = try await definitions.pool.first(CountDuePeriods()), due > 0 else { return 0 }
    return try await definitions.change { transaction throws(PostgresError) in
      let (closed, _) = try await transaction.pipeline(BeginClosing(limit: Self.most), NoteClosed())
      return closed.isEmpty ? .nothing(0) : .made(closed.count)
    }
  }

  private func store(
    _ closing: PeriodOfBoard, _ settle: Settle, _ outcome: inout Outcome
  ) async throws(PostgresError) {
    let pool = definitions.pool
    guard let definition = try await pool.first(FindBoard(id: closing.board)) else { return }
    let number = closing.period.number
    var stored: Stored
    do throws(PostgresError) {
      stored = try await settle(DefinedBoard(definition, periods: [closing.period]), closing.period)
    } catch {
      stored = .failed(error.description)
    }
    let snapshot: SnapshotID
    switch stored {
    case .snapshot(let id): snapshot = id
    case .elsewhere: return
    case .failed(let reason):
      outcome.failed += 1
      // Where not even this can be written, the period stays closing, which is tried again as well.
      _ = try await pool.query(FailPeriod(board: closing.board, number: number, reason: reason))
      return
    }
    let isFrozen = try await definitions.change { transaction throws(PostgresError) in
      let frozen = try await transaction.first(
        FreezePeriod(board: closing.board, number: number, snapshot: snapshot))
      return frozen == nil ? .nothing(false) : .made(true)
    }
    guard isFrozen else { return }
    let slot = SlotKey(board: definition.number, period: number)
    outcome.frozen.append(slot)
  }
}
