// Builds the mirror of a point type from the ledger, beside the live one: all accounts stream into the keys
// of a new epoch while lanes send to both, then the batches since the beginning are followed, and then the
// new epoch takes the place of the old in one step. Readers see the old one or the new one, whole.
//
// One rebuild of a layout at a time, by a lease. Who finds an epoch half built has the lease, so its builder
// is gone, and drops it.
package import BoardStore
package import EventLoop
package import Ledger
import LedgerStore
package import PostgresClient

package struct Rebuilder: Sendable {
  package static let duty = "rebuild"
  package static let leaseSeconds = 5.0
  private static let pageLength = 1024
  private static let batchesMax = 256
  /// A new epoch goes live when it is so near the head; the follower does the rest.
  private static let lagMax: Int64 = 64
  /// So many times it tries to reach the head itself.
  private static let turnsMin = 3

  /// Told after every page: how many accounts are there, of how many, if that could be counted.
  package typealias Progress = (_ done: Int64, _ total: Int64?) -> Void

  let loop: EventLoop
  private let pool: PostgresPool
  let following: LedgerFollowing
  let boards: BoardStore
  private let lease: Lease

  package init(loop: EventLoop, pool: PostgresPool, boards: BoardStore, holder: UUIDBits) {
    self.loop = loop
    self.pool = pool
    self.boards = boards
    following = LedgerFollowing(pool)
    lease = Lease(boards.layout.lease(Self.duty), holder: holder, seconds: Self.leaseSeconds)
  }

  /// Builds the mirror of the type; false if somebody else is rebuilding now.
  package func rebuild(
    _ type: PointTypeID, progress: Progress? = nil
  ) async throws(FollowError) -> Bool {
    try await leased { () throws(FollowError) in try await build(type, progress) } != nil
  }

  /// Drops what somebody began to build beside the live mirror, and left. Whether there was any; false also
  /// if somebody is at it now.
  func dropHalfBuilt(_ type: PointTypeID) async throws(FollowError) -> Bool {
    let isDropped = try await leased { () throws(FollowError) in
      let state = try await look(at: type)
      guard state.live != nil, state.epochs.building != nil else { return false }
      try expectDone(
        try await stepping { () throws(MirrorUnavailable) in try await boards.dropEpoch(seeing: state) })
      return true
    }
    return isDropped ?? false
  }

  /// Runs the body while nobody else rebuilds; nil if somebody else does.
  func leased<Value>(
    _ body: () async throws(FollowError) -> Value
  ) async throws(FollowError) -> Value? {
    guard try await takeLease() else { return nil }
    let value: Value
    do throws(FollowError) {
      value = try await body()
    } catch {
      try? await lease.giveBack(to: pool)
      throw error
    }
    try? await lease.giveBack(to: pool)
    return value
  }

  func build(_ type: PointTypeID, _ progress: Progress?) async throws(FollowError) {
    let connection = boards.connection
    var state = try await look(at: type)
    if state.epochs.building != nil {
      try expectDone(
        try await stepping { () throws(MirrorUnavailable) in try await boards.dropEpoch(seeing: state) })
      state = try await look(at: type)
    }
    let name = UUIDBits.named()
    let start = try await asking { () throws(PostgresError) in try await following.number() }
    try expectDone(
      try await stepping { () throws(MirrorUnavailable) in
        try await boards.beginEpoch(seeing: state, at: start, by: name)
      })
    // What is closed has no place in it, though rows may still have theirs.
    try await mirroring { () throws(MirrorUnavailable) in try await boards.retireClosed(of: type) }
    try await stream(type, progress)
    state = try await catchUp(.building, of: type, on: connection) { $0.epochs.isBeing(builtBy: name) }
    // Between here and the end lies no wait for a store but the one for the step itself, and that one is done
    // to no epoch but ours.
    try await keepLease()
    guard boards.connection == connection else { throw Self.reconnected }
    try expectDone(
      try await stepping { () throws(MirrorUnavailable) in try await boards.finishEpoch(seeing: state) })
  }

  func look(at type: PointTypeID) async throws(FollowError) -> MirrorState {
    let states = try await mirroring { () throws(MirrorUnavailable) in try await boards.markers(of: [type]) }
    guard let state = states.first else { throw .mirror(.damaged) }
    return state
  }

  // MARK: Filling

  private func stream(_ type: PointTypeID, _ progress: Progress?) async throws(FollowError) {
    // Counting reads all of the type, and is for the eye only.
    let total = progress == nil ? nil : try? await following.count(of: type)
    var done: Int64 = 0
    var last: UserID?
    progress?(0, total)
    while true {
      let page = try await asking { () throws(PostgresError) in
        try await following.accounts(of: type, after: last, limit: Self.pageLength)
      }
      try await send(page, of: type, for: .build)
      done += Int64(page.count)
      progress?(done, total.map { max(done, $0) })
      guard page.count == Self.pageLength, let user = page.last?.account.key.user else { return }
      last = user
      try await keepLease()
    }
  }

  /// Follows the batches since the position of an epoch: up to a position if one is given, else until hardly
  /// any is left. The epoch must be one that `isOurs` knows all the while.
  func catchUp(
    _ epoch: MirrorState.Epoch, of type: PointTypeID, to goal: LedgerPosition? = nil, on connection: Int,
    while isOurs: (MirrorState) -> Bool
  ) async throws(FollowError) -> MirrorState {
    var turns = 0
    while true {
      let state = try await look(at: type)
      guard isOurs(state), let position = state.marker(of: epoch)?.position else { throw Self.reconnected }
      let head = try await asking { () throws(PostgresError) in try await following.number() }
      try await expectKnown(position, below: head)
      if position.number >= min(head.number, goal?.number ?? .max) { return state }
      // A ledger that is written to all the time has always gone on by the next look.
      turns += 1
      if goal == nil, turns > Self.turnsMin, head.number - position.number <= Self.lagMax { return state }
      let batches = try await asking { () throws(PostgresError) in
        try await following.batches(after: position.number, limit: Self.batchesMax)
      }
      guard let last = batches.last?.position else { return state }
      try await bring(batches, to: epoch, of: type)
      let moved = await boards.movePositions([PositionMove(state, epoch, to: last)], on: connection)
      try expectDone(moved.first ?? .changed)
      try await keepLease()
    }
  }

  private func bring(
    _ batches: [LedgerBatch], to epoch: MirrorState.Epoch, of type: PointTypeID
  ) async throws(FollowError) {
    let keys = Set(batches.flatMap { $0.accounts.map(\.key).filter { $0.pointType == type } })
    var rest = Array(keys)[...]
    while !rest.isEmpty {
      let portion = Array(rest.prefix(Self.pageLength))
      rest = rest.dropFirst(Self.pageLength)
      let accounts = try await asking { () throws(PostgresError) in try await following.accounts(portion) }
      try await send(accounts, of: type, for: epoch == .live ? .follow : .build)
    }
  }

  private func send(
    _ accounts: [NamedAccount], of type: PointTypeID, for purpose: SendPurpose
  ) async throws(FollowError) {
    guard !accounts.isEmpty else { return }
    if case .unavailable(let reason)? = await boards.send(accounts, for: purpose)[type] {
      throw .mirror(reason)
    }
  }

  // MARK: Steps

  private func takeLease() async throws(FollowError) -> Bool {
    try await asking { () throws(PostgresError) in try await lease.take(from: pool) }
  }

  func keepLease() async throws(FollowError) {
    guard try await takeLease() else { throw .interrupted("another process rebuilds now") }
  }

  /// A ledger that was restored meanwhile may have lost what was streamed.
  private func expectKnown(_ position: LedgerPosition, below head: LedgerPosition) async throws(FollowError) {
    let strangers = try await asking { () throws(PostgresError) in
      try await following.strangers(among: [position])
    }
    guard strangers.isEmpty, position.number <= head.number else {
      throw .interrupted("the ledger was restored while its mirror was made ready")
    }
  }

  private func stepping(
    _ body: () async throws(MirrorUnavailable) -> EpochOutcome
  ) async throws(FollowError) -> EpochOutcome {
    try await mirroring(body)
  }

  func expectDone(_ outcome: EpochOutcome) throws(FollowError) {
    guard outcome == .done else { throw Self.reconnected }
  }

  static var reconnected: FollowError {
    .interrupted("Redis no longer holds what was begun there")
  }
}
