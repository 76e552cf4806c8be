// The point types and boards as a worker knows them. They are few and change rarely, so they are read whole;
// whoever decides by them holds the definitions lock and makes sure that they are of the present generation.
import Boards
package import Ledger
package import PostgresClient

/// One worker's copy of the definitions; used on its loop only.
package final class PointTypeCatalog: @unchecked Sendable {
  package private(set) var generation: Int64 = 0
  package private(set) var byID: [PointTypeID: PointType] = [:]
  private var byName: [String: PointType] = [:]
  package private(set) var boards = BoardCatalog()
  /// Told of the boards whenever definitions were read anew.
  package var hasRead: ((BoardCatalog) -> Void)?
  /// Looks for names that are not known here.
  let looks = SharedLooks(atMostEvery: PointTypeCatalog.lookAgainInterval)
  /// Readings are numbered in the order in which they begin.
  private var readingsBegun = 0
  private var readingTaken = 0

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
    let reading = beginReading()
    // Of boards that changed between these looks the generation does not tell yet, so they are read again.
    let types = try await pool.query(ReadPointTypes())
    let highest = try await pool.first(ReadHighestBoard())
    let boards = try await pool.query(ReadBoards())
    let periods = try await pool.query(ReadUnsettledPeriods())
    take(types, BoardCatalog(boards, periods: periods, highest: highest ?? 0), of: reading)
  }

  /// Reads them in a transaction that holds the definitions lock, unless they are of this generation.
  func refresh(to generation: Int64, in transaction: PostgresTransaction) async throws(PostgresError) {
    guard generation != self.generation else { return }
    let reading = beginReading()
    let (types, highest, boards, periods) = try await transaction.pipeline(
      ReadPointTypes(), ReadHighestBoard(), ReadBoards(), ReadUnsettledPeriods())
    take(types, BoardCatalog(boards, periods: periods, highest: highest.first ?? 0), of: reading)
  }

  private func beginReading() -> Int {
    readingsBegun += 1
    return readingsBegun
  }

  /// A reading of an older generation counts too, for the ledger may have been restored; but none that began
  /// before one that was taken already, for that knows at least as much.
  private func take(
    _ rows: [(generation: Int64, type: PointType?)], _ boards: BoardCatalog, of reading: Int
  ) {
    guard reading > readingTaken, let read = rows.first?.generation else { return }
    readingTaken = reading
    generation = read
    self.boards = boards
    byID = [:]
    byName = [:]
    for case let type? in rows.map(\.type) {
      byID[type.id] = type
      byName[type.name] = type
    }
    hasRead?(boards)
  }
}
