// The point types as a worker knows them. They are few and change rarely, so they are read whole; whoever
// decides by them holds the definitions lock and makes sure that they are of the present generation.
import EventLoop
package import Ledger
package import PostgresClient

/// One worker's copy of the point types; used on its loop only.
package final class PointTypeCatalog: @unchecked Sendable {
  package private(set) var generation: Int64 = 0
  package private(set) var byID: [PointTypeID: PointType] = [:]
  private var byName: [String: PointType] = [:]
  private var lastLook: MonotonicInstant?

  package init() {}

  package var isLoaded: Bool { generation > 0 }

  /// By name or by id, of those known here.
  package func type(_ nameOrID: String) -> PointType? {
    byName[nameOrID] ?? PointTypeID(text: nameOrID).flatMap { byID[$0] }
  }

  package var all: [PointType] {
    byID.values.sorted { $0.name < $1.name }
  }

  /// Reads them anew.
  package func load(from pool: PostgresPool) async throws(PostgresError) {
    take(try await pool.query(ReadPointTypes()))
  }

  /// Reads them in a transaction that holds the definitions lock, unless they are of this generation.
  func refresh(to generation: Int64, in transaction: PostgresTransaction) async throws(PostgresError) {
    guard generation != self.generation else { return }
    take(try await transaction.query(ReadPointTypes()))
  }

  /// How long to wait before the next look for an unknown name; nil if it may be now, and then it is this
  /// one.
  func pauseBeforeLook(at now: MonotonicInstant) -> Duration? {
    if let lastLook, now < lastLook + Self.lookAgainInterval {
      return (lastLook + Self.lookAgainInterval).remaining(from: now)
    }
    lastLook = now
    return nil
  }

  /// A reading of an older generation counts too: the ledger may have been restored. If it is only late,
  /// whoever decides by it under the definitions lock notices, and the next look sets it right.
  private func take(_ rows: [(generation: Int64, type: PointType?)]) {
    guard let read = rows.first?.generation else { return }
    generation = read
    byID = [:]
    byName = [:]
    for case let type? in rows.map(\.type) {
      byID[type.id] = type
      byName[type.name] = type
    }
  }
}
