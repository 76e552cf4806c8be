// What a worker must know before it reads a mirror: which ledger it serves, by which definitions, and how far
// a mirror must be. Redis may have come back with older data; then its marker is older too, and is not read
// until the follower has brought it up to what was committed by the time of the connection. Redis may take
// nothing new while it is read; so what is more than some seconds behind is not read either. And the ledger
// may have been restored; then nothing is read while any mirror claims what the ledger does not have. Nor is
// anything read while a mirror is torn, as Redis may leave it that lost the end of what it had appended.
package import BoardStore
package import EventLoop
import Ledger
package import LedgerStore
package import PostgresClient

/// Keeps one worker's knowledge fresh; used on its loop.
package final class MirrorWatch: @unchecked Sendable {
  /// How long a change of definitions made elsewhere may go unnoticed by reads.
  package static let interval = Duration.milliseconds(250)

  /// How often the ledger is asked how far it is.
  private static let headInterval = Duration.seconds(1)
  /// How far behind a mirror may be and still be read, in time.
  private static let delayMax = Duration.seconds(5)

  private let loop: EventLoop
  private let pool: PostgresPool
  private let following: LedgerFollowing
  private let boards: BoardStore
  private let catalog: PointTypeCatalog
  /// How far the ledger was within the last seconds, oldest first.
  private var heads: [(at: MonotonicInstant, position: LedgerPosition)] = []
  /// Whether the ledger may be another than it was: so after every look that failed.
  private var mustCompare = false
  /// Whether a mirror claims what the ledger does not have, or is torn. That lasts until somebody has retired
  /// it.
  private var isAhead = false

  package init(loop: EventLoop, pool: PostgresPool, boards: BoardStore, catalog: PointTypeCatalog) {
    self.loop = loop
    self.pool = pool
    self.boards = boards
    self.catalog = catalog
    catalog.hasRead = { boards.show($0.live, upTo: $0.highest) }
    following = LedgerFollowing(pool)
  }

  /// Looks until it is cancelled. What fails is tried again at the next look.
  package func run() async {
    while !Task.isCancelled {
      do throws(PostgresError) { try await runOnce() } catch { mustCompare = true }
      let isHasty = boards.minimumPosition == nil && !isAhead
      let pause = isHasty ? Duration.milliseconds(25) : Self.interval
      guard (try? await loop.sleep(for: pause)) != nil else { return }
    }
  }

  package func runOnce() async throws(PostgresError) {
    let connection = boards.connection
    let (ledger, generation) = try await following.incarnation()
    boards.identify(as: ledger)
    if generation != catalog.generation { try await catalog.load(from: pool) }
    raiseFloor()
    guard connection > 0 else { return }
    if boards.minimumPosition != nil, !mustCompare {
      if heads.last.map({ loop.clock.now >= $0.at + Self.headInterval }) ?? true { try await lookAtHead() }
    } else {
      try await compare(on: connection)
    }
  }

  // MARK: How far a mirror must be

  private func raiseFloor() {
    let limit = loop.clock.now
    while let oldest = heads.first, oldest.at + Self.delayMax <= limit {
      boards.raiseFloor(to: oldest.position.number)
      heads.removeFirst()
    }
  }

  /// A ledger that no longer has what it had a second ago was restored.
  private func lookAtHead() async throws(PostgresError) {
    let at = loop.clock.now
    let last = heads.last?.position ?? .start
    let head = try await following.number()
    let strangers = try await following.strangers(among: [last])
    guard head.number >= last.number, strangers.isEmpty else {
      boards.distrust()
      heads = []
      return
    }
    heads.append((at, head))
  }

  /// Sets the floor, unless a mirror claims a position that this ledger does not have. Markers are read
  /// before the head: no marker of this ledger is above what was numbered by then.
  private func compare(on connection: Int) async throws(PostgresError) {
    var claimed: Set<LedgerPosition> = []
    var isTorn = false
    for outcome in await boards.markerOutcomes(of: catalog.all.map(\.id)) {
      switch outcome {
      case .success(let state):
        guard let live = state.live, live.incarnation == boards.incarnation, live.state == .complete else {
          continue
        }
        isTorn = isTorn || state.isTorn
        claimed.insert(live.position)
      case .failure(.redis): return
      case .failure: continue
      }
    }
    let at = loop.clock.now
    let head = try await following.number()
    let strangers = try await following.strangers(among: claimed)
    heads = []
    isAhead = isTorn || !strangers.isEmpty || claimed.contains { $0.number > head.number }
    guard !isAhead else {
      boards.distrust()
      return
    }
    mustCompare = false
    boards.trust(from: head.number, since: connection)
    heads.append((at, head))
  }
}
