// The second way into Redis, and the one that is sure: it walks the numbered batches behind the lanes, asks
// Redis which of the accounts they name it does not have in that revision, and sends those as they are now.
// The marker moves behind all this on the connection that carried it, so it says what is truly there; when
// Redis loses its newest seconds the marker goes back with them, and the follower replays what was lost.
package import BoardStore
package import EventLoop
package import Ledger
package import LedgerStore
package import PostgresClient

/// One process's follower. All processes have one; a lease decides which of those with the same layout works.
package final class Follower: @unchecked Sendable {
  package static let duty = "follower"
  /// A dead follower's work passes on after this time.
  package static let leaseSeconds = 2.0
  private static let interval = Duration.milliseconds(100)
  /// Batches read at once: a bound of memory.
  private static let batchesMax = 256
  /// Accounts that Redis is asked for, or gets, at once. While it is busy with them, and the loop before
  /// that, callers wait: so the portions are small, and what callers wait for goes in between.
  private static let portion = 256

  private let loop: EventLoop
  private let pool: PostgresPool
  private let following: LedgerFollowing
  private let boards: BoardStore
  private let catalog: PointTypeCatalog
  private let lease: Lease
  private let rebuilder: Rebuilder
  private var isRebuilding = false
  /// So that nobody builds once more what was built while he looked.
  private var endedRebuilds = 0
  private var pauses = RebuildPauses()
  private var abandoned: AbandonedLayouts
  private var halfBuilt = HalfBuiltEpochs()
  package private(set) var status = FollowerStatus()

  package init(
    loop: EventLoop, pool: PostgresPool, boards: BoardStore, catalog: PointTypeCatalog, holder: UUIDBits
  ) {
    self.loop = loop
    self.pool = pool
    self.boards = boards
    self.catalog = catalog
    following = LedgerFollowing(pool)
    lease = Lease(boards.layout.lease(Self.duty), holder: holder, seconds: Self.leaseSeconds)
    rebuilder = Rebuilder(loop: loop, pool: pool, boards: boards, holder: holder)
    abandoned = AbandonedLayouts(pool: pool, boards: boards, holder: holder)
  }

  /// Works until it is cancelled, and gives the lease back.
  package func run() async {
    while !Task.isCancelled {
      do throws(FollowError) {
        let isMore = try await runOnce()
        if isMore { continue }
      } catch {
        status.note(error)
      }
      guard (try? await loop.sleep(for: Self.interval)) != nil else { break }
    }
    try? await lease.giveBack(to: pool)
  }

  /// One round; whether there is more to follow at once.
  package func runOnce() async throws(FollowError) -> Bool {
    let holdsLease = try await asking { () throws(PostgresError) in try await lease.take(from: pool) }
    status.note(holdsLease: holdsLease, at: loop.clock.now)
    guard status.holdsLease, boards.incarnation != nil, catalog.isLoaded else { return false }
    let (connection, rebuilds) = (boards.connection, endedRebuilds)
    // Markers first: none of this ledger is above what is numbered after they were read.
    let states = try await states()
    let head = try await asking { () throws(PostgresError) in try await following.number() }
    let sorted = try await sort(states, head: head)
    for state in sorted.toRetire { _ = await boards.retire(seeing: state) }
    if endedRebuilds == rebuilds {
      mend(pauses.over(of: sorted.toMend, on: connection, at: loop.clock.now), toProve: sorted.toProve)
    }
    status.note(
      head: head, followed: sorted.toFollow + sorted.toProve, toMend: sorted.toMend,
      foreign: sorted.foreign)
    let isMore = try await follow(sorted.toFollow, to: head, on: connection)
    if !isMore {
      try await dropHalfBuilt(besides: sorted.toFollow)
      try await removeAbandonedLayouts()
    }
    return isMore
  }

  private func dropHalfBuilt(besides states: [MirrorState]) async throws(FollowError) {
    guard !isRebuilding else { return }
    for type in halfBuilt.due(of: states, at: loop.clock.now) {
      _ = try await rebuilder.dropHalfBuilt(type)
    }
  }

  private func removeAbandonedLayouts() async throws(FollowError) {
    guard abandoned.isDue(at: loop.clock.now) else { return }
    status.layoutsRemoved += try await abandoned.remove(catalog.all.map(\.id)).count
  }

  /// What Redis holds of all types but those of which it cannot tell.
  private func states() async throws(FollowError) -> [MirrorState] {
    var states: [MirrorState] = []
    for outcome in await boards.markerOutcomes(of: catalog.all.map(\.id)) {
      switch outcome {
      case .success(let state): states.append(state)
      case .failure(.redis(let reason)): throw .mirror(.redis(reason))
      case .failure(let reason): status.note(.mirror(reason))
      }
    }
    return states
  }

  // MARK: What to do with each mirror

  private struct SortedMirrors {
    var toFollow: [MirrorState] = []
    var toRebuild: [PointTypeID] = []
    /// Of these nobody knows, since Postgres was started anew, whether they are of its ledger.
    var toProve: [MirrorState] = []
    /// Of these some hold what the ledger does not have; not even while they are rebuilt may they be read.
    var toRetire: [MirrorState] = []
    var foreign: [(PointTypeID, ForeignMirror)] = []

    /// The quicker ones first.
    var toMend: [PointTypeID] { toProve.map(\.pointType) + toRebuild }
  }

  /// A mirror is followed if it is ours and stands at a position that this ledger has. One that stands
  /// elsewhere was of this ledger before it was restored: it may be ahead, so it is built anew.
  private func sort(
    _ states: [MirrorState], head: LedgerPosition
  ) async throws(FollowError) -> SortedMirrors {
    guard let incarnation = boards.incarnation else { return SortedMirrors() }
    var sorted = SortedMirrors()
    for state in states {
      if let foreign = state.foreign(to: incarnation) {
        sorted.foreign.append((state.pointType, foreign))
      } else if state.isUnproven(for: incarnation), !state.isTorn {
        sorted.toProve.append(state)
      } else if let live = state.live, live.incarnation == incarnation, !state.isTorn,
        live.position.number <= head.number
      {
        sorted.toFollow.append(state)
      } else {
        sorted.toRebuild.append(state.pointType)
        if state.live?.incarnation == incarnation { sorted.toRetire.append(state) }
      }
    }
    let positions = Set(sorted.toFollow.compactMap(\.live?.position))
    let strangers = try await asking { () throws(PostgresError) in
      try await following.strangers(among: positions)
    }
    guard !strangers.isEmpty else { return sorted }
    let isStranger = { (state: MirrorState) in state.live.map { strangers.contains($0.position) } ?? true }
    sorted.toRetire += sorted.toFollow.filter(isStranger)
    sorted.toRebuild += sorted.toFollow.filter(isStranger).map(\.pointType)
    sorted.toFollow.removeAll(where: isStranger)
    return sorted
  }

  /// Proving and rebuilding take their time, and the other types are followed meanwhile.
  private func mend(_ types: [PointTypeID], toProve: [MirrorState]) {
    let unproven = Set(toProve.map(\.pointType))
    guard !types.isEmpty, !isRebuilding else { return }
    isRebuilding = true
    loop.spawn { [self] in
      for type in types {
        let begin = loop.clock.now
        do throws(FollowError) {
          let outcome = try await unproven.contains(type) ? rebuilder.prove(type) : rebuilt(type)
          guard outcome != .busy else { break }
          pauses.noteSuccess(of: type)
          if outcome == .proven { status.noteProof(of: type) } else { status.noteRebuild(of: type) }
        } catch {
          let end = loop.clock.now
          pauses.noteFailure(of: type, error, after: .nanoseconds(end.nanoseconds(since: begin)), at: end)
          status.noteFailedRebuild(of: type, error)
        }
      }
      isRebuilding = false
      endedRebuilds += 1
    }
  }

  private func rebuilt(_ type: PointTypeID) async throws(FollowError) -> ProofOutcome {
    try await rebuilder.rebuild(type) ? .rebuilt : .busy
  }

  // MARK: Following

  private func follow(
    _ states: [MirrorState], to head: LedgerPosition, on connection: Int
  ) async throws(FollowError) -> Bool {
    let groups = Dictionary(grouping: states) { $0.live?.position ?? .start }
    var isMore = false
    var oldest: MonotonicInstant?
    defer { status.note(behindSince: oldest, at: loop.clock.now) }
    for (position, group) in groups where position.number < head.number {
      let batches = try await asking { () throws(PostgresError) in
        try await following.batches(after: position.number, limit: Self.batchesMax)
      }
      guard let first = batches.first, let last = batches.last?.position else { continue }
      let since = MonotonicInstant(nanoseconds: loop.clock.now.nanoseconds - first.age.wholeNanoseconds)
      oldest = min(oldest ?? since, since)
      let unsent = try await bring(batches, to: Set(group.map(\.pointType)))
      let moves = group.filter { !unsent.contains($0.pointType) }.map { PositionMove($0, .live, to: last) }
      let outcomes = await boards.movePositions(moves, on: connection)
      isMore = isMore || (last.number < head.number && outcomes.contains(.done))
    }
    return isMore
  }

  /// Sees to it that the mirrors have what the batches changed; answers the types for which that failed.
  private func bring(
    _ batches: [LedgerBatch], to types: Set<PointTypeID>
  ) async throws(FollowError) -> Set<PointTypeID> {
    var newest: [AccountKey: Int64] = [:]
    for batch in batches {
      for account in batch.accounts where types.contains(account.key.pointType) {
        newest[account.key] = max(account.revision, newest[account.key] ?? 0)
      }
    }
    var failed = Set<PointTypeID>()
    var rest = newest.map { AccountRevision($0.key, $0.value) }[...]
    while !rest.isEmpty {
      let portion = Array(rest.prefix(Self.portion))
      rest = rest.dropFirst(Self.portion)
      failed.formUnion(try await bring(portion))
    }
    return failed
  }

  private func bring(_ accounts: [AccountRevision]) async throws(FollowError) -> Set<PointTypeID> {
    var failed = Set<PointTypeID>()
    var outdated: [AccountKey] = []
    for (type, answer) in await boards.outdated(accounts) {
      switch answer {
      case .success(let keys): outdated += keys
      case .failure: failed.insert(type)
      }
    }
    guard !outdated.isEmpty else { return failed }
    let keys = outdated
    let now = try await asking { () throws(PostgresError) in try await following.accounts(keys) }
    for (type, outcome) in await boards.send(now) where outcome != .applied { failed.insert(type) }
    status.accountsSent += now.count
    return failed
  }
}
