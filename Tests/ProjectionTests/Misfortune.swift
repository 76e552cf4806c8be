// What happens to the stores of a running service in a property test: every kind of it, in random order, with
// random pauses between.
import BoardStore
import EventLoop
import Ledger
import LedgerStore
import Projection
import TestSupport
import Testing

/// What happens to the stores, and what of it is still to be undone.
struct Misfortune {
  private enum Kind: CaseIterable {
    case emptiesRedis, copiesRedis, rollsRedisBack, losesRedisNewest, stallsRedis, dropsConnections
    case limitsMemoryOrLifts, backsLedgerUp, restoresLedger, startsPostgresAnew, givesMirrorAway
  }

  /// So often does each of them happen.
  private static let rounds = 2

  private let database: LedgerDatabase
  private let redis: RedisUnderTest
  private let nodes: [Node]
  private let type: PointTypeID
  private let witness: Witness
  private var random: SeededGenerator
  private var copy: RedisUnderTest.Copy
  private var isLimited = false
  /// What happened so far, for whoever looks for the cause of a failure.
  private(set) var story: [String] = []

  init(
    database: LedgerDatabase, redis: RedisUnderTest, nodes: [Node], type: PointTypeID, witness: Witness,
    random: SeededGenerator
  ) async throws {
    self.database = database
    self.redis = redis
    self.nodes = nodes
    self.type = type
    self.witness = witness
    self.random = random
    copy = try await redis.copy()
    try await database.backUp()
  }

  /// All of it. Afterwards nothing stands in the way of healing.
  mutating func happen() async throws {
    var kinds: [Kind] = []
    for _ in 0..<Self.rounds { kinds += Kind.allCases }
    for kind in kinds.shuffled(using: &random) {
      story.append("\(kind)")
      try await happen(kind)
      try await Task.sleep(for: .milliseconds(Int.random(in: 50...700, using: &random)))
      try await lookWhetherRestoreIsOver()
    }
    try await redis.limitMemory(to: 0)
    try await waitUntilRestoresAreOver()
  }

  private mutating func happen(_ kind: Kind) async throws {
    switch kind {
    case .emptiesRedis: try await redis.flush()
    case .copiesRedis: copy = try await redis.copy()
    case .rollsRedisBack: try await rollRedisBack(to: copy)
    case .losesRedisNewest: try await loseRedisNewest()
    case .stallsRedis: try await stallRedis()
    case .dropsConnections: try await redis.dropConnections()
    case .limitsMemoryOrLifts:
      isLimited.toggle()
      try await redis.limitMemory(to: isLimited ? 1 : 0)
    case .backsLedgerUp: try await database.backUp()
    case .restoresLedger: try await restoreLedger()
    // Where there is a mirror that may be written to.
    case .startsPostgresAnew: _ = try await redis.pretendEarlierStart(type)
    case .givesMirrorAway: try await giveMirrorAway()
    }
  }

  private mutating func stallRedis() async throws {
    try await redis.stall(Int.random(in: 50...400, using: &random))
  }

  /// A Redis that starts reads its dump whatever it may hold later.
  private func rollRedisBack(to copy: RedisUnderTest.Copy) async throws {
    if isLimited { try await redis.limitMemory(to: 0) }
    try await redis.rollBack(to: copy)
    if isLimited { try await redis.limitMemory(to: 1) }
  }

  /// What a crash does: what was written last is gone.
  private mutating func loseRedisNewest() async throws {
    let copy = try await redis.copy()
    try await Task.sleep(for: .milliseconds(Int.random(in: 100...400, using: &random)))
    try await rollRedisBack(to: copy)
  }

  // MARK: The ledger

  /// A mirror holds more than its marker says, for lanes send before the follower moves it. If a restored
  /// ledger has what the marker says but not the rest, nobody can tell: then whoever restores a ledger under
  /// its old identity has to empty Redis as well.
  private mutating func restoreLedger() async throws {
    let now = try await redis.copy()
    let mustEmpty = try await isPerhapsAheadUnnoticed(now)
    if try await isPerhapsAheadUnnoticed(copy) { copy = mustEmpty ? RedisUnderTest.Copy() : now }
    let versions = try await database.versionsInBackup()
    witness.restoreBegins()
    let endsSessions = Bool.random(using: &random)
    if endsSessions { story.append("and ends sessions") }
    try await database.restore(keepingLostAs: witness.ledger, endsSessions: endsSessions)
    if mustEmpty {
      story.append("and empties Redis")
      try await redis.flush()
    }
    witness.restoreEnds(with: versions)
  }

  /// Whether the ledger that is backed up would take a mirror of these markers for its own.
  private func isPerhapsAheadUnnoticed(_ copy: RedisUnderTest.Copy) async throws -> Bool {
    for marker in copy.markers.compactMap(MirrorMarker.init) {
      if try await database.hasInBackup(marker.position) { return true }
    }
    return false
  }

  /// It is when Redis holds no mirror that claims what the ledger does not have.
  private mutating func lookWhetherRestoreIsOver() async throws {
    guard witness.isUnsettled else { return }
    let (node, type) = (nodes[0], type)
    let isOver = try await node.run {
      let following = LedgerFollowing(node.pool)
      guard let state = try? await node.boards.markers(of: [type]).first else { return false }
      let claimed = Set([state.live, state.building].compactMap { $0?.position })
      guard let head = try? await following.number(), claimed.allSatisfy({ $0.number <= head.number }),
        let strangers = try? await following.strangers(among: claimed)
      else { return false }
      return strangers.isEmpty
    }
    guard isOver else { return }
    story.append("(the restore is over)")
    witness.restoreIsOver()
  }

  /// And until something was read since.
  private mutating func waitUntilRestoresAreOver() async throws {
    let isOver = try await Node.soon(nodes) {
      try await lookWhetherRestoreIsOver()
      return !witness.isUnsettled && witness.readingsAfterRestore > 0
    }
    #expect(isOver, "Redis still has a mirror of a ledger that was lost, or none")
  }

  // MARK: The mirror of somebody else

  private mutating func giveMirrorAway() async throws {
    let stranger = RedisUnderTest.Stranger.all.randomElement(using: &random) ?? .otherLedger
    let what = Int.random(in: 0..<3, using: &random)
    let comesBack = Bool.random(using: &random)
    guard let foreign = try await giveAway(to: stranger) else {
      #expect(isLimited, "there is no mirror to give away")
      return
    }
    witness.foreignMirrorCame()
    if what == 0 { try await redis.dropConnections() }
    if what == 1 { try await stallRedis() }
    #expect(try await isNoticed(), "the foreign mirror is not noticed")
    witness.foreignMirrorGoes()
    let isUntouched = try await redis.takeBack(foreign, withMarker: comesBack)
    #expect(isUntouched, "the foreign mirror was written to")
  }

  /// A Redis that takes nothing may have no mirror for as long as that lasts.
  private func giveAway(to stranger: RedisUnderTest.Stranger) async throws -> RedisUnderTest.ForeignLive? {
    var foreign = try await redis.giveAway(type, to: stranger)
    guard foreign == nil, !isLimited else { return foreign }
    _ = try await Node.soon(nodes) {
      foreign = try await redis.giveAway(type, to: stranger)
      return foreign != nil
    }
    return foreign
  }

  /// Whether soon everybody says that it is foreign, and the follower too.
  private func isNoticed() async throws -> Bool {
    let type = type
    for node in nodes {
      let isSaid = try await node.run {
        try await node.eventually {
          switch await node.boards.balances(of: type, []) {
          case .unavailable(.foreign): true
          case .value, .unavailable: false
          }
        }
      }
      guard isSaid else { return false }
    }
    let (first, nodes) = (nodes[0], nodes)
    return try await first.run {
      try await first.eventually {
        for node in nodes {
          if try await node.run({ !node.follower.status.foreign.isEmpty }) { return true }
        }
        return false
      }
    }
  }
}
