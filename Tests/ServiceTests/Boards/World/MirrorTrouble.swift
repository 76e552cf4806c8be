// What becomes of Redis while boards are tried.
import Ledger
import Projection
import TestSupport

struct MirrorTrouble {
  private let redis: RedisUnderTest
  private var copy = RedisUnderTest.Copy()

  init(_ redis: RedisUnderTest) {
    self.redis = redis
  }

  /// Now and then something does.
  mutating func happen(_ world: BoardWorld, _ random: inout SeededGenerator) async throws {
    switch Int.random(in: 0..<40, using: &random) {
    case 0:
      world.tell("[Redis is emptied]")
      try await redis.flush()
    case 1:
      world.tell("[connections end]")
      try await redis.dropConnections()
    case 2, 3:
      world.tell("[Redis is copied]")
      copy = try await redis.copy()
    case 4:
      world.tell("[Redis is as it was]")
      try await redis.rollBack(to: copy)
    case 5, 6:
      let process = world.processes.randomElement(using: &random) ?? world.processes[0]
      world.tell("[a rebuild]")
      try await process.run { _ = try? await process.rebuilder.rebuild(world.type) }
    case _: break
    }
  }
}
