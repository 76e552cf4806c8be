// What a worker must know before it reads a mirror: which ledger it serves, by which definitions, and how far
// a mirror must be since Redis was last connected. Redis may have come back with older data; then its marker
// is older too, and is not read until the follower has brought it up to what was committed by the time of the
// connection.
package import BoardStore
package import EventLoop
import Ledger
package import LedgerStore
package import PostgresClient

/// Keeps one worker's knowledge fresh; used on its loop.
package final class MirrorWatch: @unchecked Sendable {
  /// How long a change of definitions made elsewhere may go unnoticed by reads.
  package static let interval = Duration.milliseconds(250)

  private let loop: EventLoop
  private let pool: PostgresPool
  private let following: LedgerFollowing
  private let boards: BoardStore
  private let catalog: PointTypeCatalog

  package init(loop: EventLoop, pool: PostgresPool, boards: BoardStore, catalog: PointTypeCatalog) {
    self.loop = loop
    self.pool = pool
    self.boards = boards
    self.catalog = catalog
    following = LedgerFollowing(pool)
  }

  /// Looks until it is cancelled. What fails is tried again at the next look.
  package func run() async {
    while !Task.isCancelled {
      try? await runOnce()
      let pause = boards.minimumPosition == nil ? Duration.milliseconds(25) : Self.interval
      guard (try? await loop.sleep(for: pause)) != nil else { return }
    }
  }

  package func runOnce() async throws(PostgresError) {
    let connection = boards.connection
    let (ledger, generation) = try await following.incarnation()
    boards.identify(as: ledger)
    if generation != catalog.generation { try await catalog.load(from: pool) }
    guard boards.minimumPosition == nil, connection > 0 else { return }
    let head = try await following.number()
    boards.trust(from: head.number, since: connection)
  }
}
