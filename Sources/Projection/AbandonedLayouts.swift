// When a release with another layout has taken the place of the last process of the one before, the mirrors
// of that one are left in Redis. Whoever follows removes them. A layout is in use as long as somebody follows
// it, and that one's lease says so; a process that comes back later, because a release was taken back, finds
// no mirror, reads the ledger and builds anew. So removing too early costs a rebuild and never a wrong
// answer, and nobody does it early.
import BoardStore
import EventLoop
import Ledger
import LedgerStore
import PostgresClient

struct AbandonedLayouts: Sendable {
  /// So long nobody must have followed a layout.
  static let grace = 600.0
  /// So often somebody looks.
  private static let interval = Duration.seconds(5)
  /// How long a removal may take: nobody begins to follow the layout meanwhile, or waits for this.
  private static let leaseSeconds = 30.0

  private let pool: PostgresPool
  private let boards: BoardStore
  private let holder: UUIDBits
  private var nextLook: MonotonicInstant?

  init(pool: PostgresPool, boards: BoardStore, holder: UUIDBits) {
    self.pool = pool
    self.boards = boards
    self.holder = holder
  }

  /// Whether it is time to look, which it then is not again for a while.
  mutating func isDue(at now: MonotonicInstant) -> Bool {
    if let nextLook, now < nextLook { return false }
    nextLook = now + Self.interval
    return true
  }

  /// Removes the mirrors of these types in all layouts that nobody follows; answers which those were.
  func remove(_ types: [PointTypeID]) async throws(FollowError) -> [MirrorLayout] {
    let names = try await asking { () throws(PostgresError) in
      try await Lease.abandoned("\(Follower.duty):", for: Self.grace, in: pool)
    }
    var removed: [MirrorLayout] = []
    for name in names {
      guard let layout = MirrorLayout(of: name, on: Follower.duty), layout != boards.layout else { continue }
      let lease = Lease(name, holder: holder, seconds: Self.leaseSeconds)
      guard try await asking({ () throws(PostgresError) in try await lease.take(from: pool) }) else {
        continue
      }
      _ = try await mirroring { () throws(MirrorUnavailable) in
        try await boards.removeMirrors(of: types, in: layout)
      }
      try await asking { () throws(PostgresError) in try await lease.forget(in: pool) }
      removed.append(layout)
    }
    return removed
  }
}
