// Nothing that is only a matter of time is drift, and of random damage exactly that is found which was done.
import BoardStore
import Boards
import EventLoop
import Ledger
import LedgerStore
import Projection
import TestSupport
import Testing
import Verification

@Suite(.serialized)
struct VerifyingWhileWritingTests {
  @Test func `writes at full speed are no false alarm`() async throws {
    try await World.running { world in
      try await world.fill(users: 200)
      let writing = Writing()
      let writers = (0..<16).map { writer in
        world.loop.spawn { await writing.write(as: writer, to: world) }
      }
      var sums = 0
      for _ in 0..<5 {
        let ledger = try await world.verifyLedger()
        #expect(ledger.isWhole, "\(ledger.faults.shown)")
        let mirror = try await world.verifyMirror(grace: .seconds(3))
        #expect(mirror.drifts.counts == [:], "\(mirror.drifts.shown)")
        sums += mirror.isWithoutSums ? 0 : 1
      }
      writing.isOver = true
      for writer in writers { await writer.value }
      #expect(writing.postings > 100 && sums > 0)
      #expect(try await world.verifyMirror(grace: .seconds(3)).drifts.counts == [:])
    }
  }

  @Test func `a mirror that is built anew meanwhile is no mirror that is missing`() async throws {
    try await World.running { world in
      try await world.fill(users: 200)
      let building = Building()
      let builder = world.loop.spawn { await building.build(40, in: world) }
      while !building.isOver {
        let found = try? await world.verifyMirror()
        building.verified += 1
        #expect(found?.accounts == 200 && found?.drifts.counts == [:], "\(found?.drifts.shown ?? [])")
      }
      await builder.value
      #expect(building.built > 10)
    }
  }

  @Test func `of random damage exactly that is found, and all of it is repaired`() async throws {
    let seeded = SeededGenerator.forThisRun()
    try await World.running { world in
      var random = seeded
      try await world.fill(users: 80)
      for _ in 0..<4 {
        let users = (0..<80).map(World.user).shuffled(using: &random).prefix(
          Int.random(in: 1...12, using: &random))
        var expected: [Drift.Kind: Int64] = [:]
        for user in users {
          for kind in try await Self.damage(user, world, Int.random(in: 0..<6, using: &random)) {
            expected[kind, default: 0] += 1
          }
        }
        let found = try await world.verifyMirror()
        #expect(found.drifts.counts == expected, "\(found.drifts.shown)")
        let repaired = try await world.verifyMirror(repairs: true)
        #expect(repaired.isWhole)
        #expect(try await world.verifyMirror().drifts.counts == [:])
      }
    }
  }

  /// Damages one user's part of the mirror, in a way that no other damage hides.
  private static func damage(_ user: String, _ world: World, _ way: Int) async throws -> [Drift.Kind] {
    let keys = try await world.keys
    var named = try await world.ledgerAccount(user)
    let board: AllTimeBoard = way % 2 == 0 ? .balance : .earned
    let key = try await world.boardKey(board)
    switch way {
    case 0, 1:
      await world.command(
        "ZADD", key, ScoreEncoding.text(of: 1_000_000), try await world.member(user, board))
      return [.misscored]
    case 2, 3:
      await world.command("ZREM", key, try await world.member(user, board))
      return [.unlisted]
    case 4:
      named.account.updatedAt = Instant(microseconds: 1)
      try await world.plant(named)
      return [.differing]
    case _:
      await world.command("ZADD", keys.balance, "1".bytes, World.member("ghost of \(user)", 4))
      return [.ghostMember]
    }
  }
}

/// Used on one loop.
private final class Writing: @unchecked Sendable {
  var isOver = false
  private(set) var postings = 0

  func write(as writer: Int, to world: World) async {
    while !isOver {
      let user = World.user(Int.random(in: 0..<220))
      guard (try? await world.post(.credit(Int64.random(in: 1...50)), to: user)) != nil else { return }
      postings += 1
    }
  }
}

/// Used on one loop.
private final class Building: @unchecked Sendable {
  var isOver = false
  var verified = 0
  private(set) var built = 0

  /// Begins each when a verification has come to its end since the one before, so that few fall into one.
  func build(_ times: Int, in world: World) async {
    let rebuilder = Rebuilder(loop: world.loop, pool: world.pool, boards: world.boards, holder: .named())
    for _ in 0..<times {
      let seen = verified
      if (try? await rebuilder.rebuild(world.type)) == true { built += 1 }
      while verified == seen, (try? await world.loop.sleep(for: .milliseconds(1))) != nil {}
    }
    isOver = true
  }
}
