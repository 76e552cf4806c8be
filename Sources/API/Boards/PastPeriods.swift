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
