// Random boards and whatever may happen to them: in the end the score on the account's row is the fold of the
// ledger by SQL, and by a model; what was closed is stored as the fold of its period; and Redis shows the
// same, and nothing else.
import BoardStore
import Boards
import Ledger
import LedgerStore
import TestSupport
import Testing

extension WholeService {
  @Suite struct BoardPropertyTests {
    @Test func `rows, snapshots and Redis are the fold of the ledger`() async throws {
      let redis = try RedisUnderTest()
      defer { redis.stop() }
      var size = (live: 0, closed: 0)
      let generators = TestRounds.generators(14)
      for generator in generators {
        var random = generator
        guard let found = try await Self.round(&random, redis, isTroubled: false) else { return }
        size = (size.live + found.live, size.closed + found.closed)
      }
      #expect(size.live > 4 * generators.count && size.closed > 4 * generators.count, "\(size)")
    }

    @Test func `mirrors heal, whatever becomes of sends, of Redis and of the definitions meanwhile`()
      async throws
    {
      let redis = try RedisUnderTest()
      defer { redis.stop() }
      var size = (live: 0, closed: 0)
      let generators = TestRounds.generators(10)
      for generator in generators {
        var random = generator
        guard let found = try await Self.round(&random, redis, isTroubled: true) else { return }
        size = (size.live + found.live, size.closed + found.closed)
      }
      #expect(size.live > 4 * generators.count && size.closed > 4 * generators.count, "\(size)")
    }

    private static func round(
      _ random: inout SeededGenerator, _ redis: RedisUnderTest, isTroubled: Bool
    ) async throws -> (live: Int, closed: Int)? {
      let (zone, start) = try BoardWorld.place(&random)
      try await redis.flush()
      let database = try await LedgerDatabase.make()
      try await database.standStill(at: start)
      let (seed, generator) = (random.seed, random)
      let mails = [1, 2].map { isTroubled ? SeededGenerator(seed: seed ^ $0) : nil }
      return try await BoardProcess.running(on: database, redis.url, mail: mails[0]) { first in
        try await BoardProcess.running(on: database, redis.url, mail: mails[1]) { second in
          let world = try await BoardWorld([first, second])
          var trouble = isTroubled ? MirrorTrouble(redis) : nil
          try await Self.live(world, BoardDraw(generator, zone: zone), &trouble)
          return try await Self.expectWhole(world, seed)
        }
      }
    }

    private static func live(
      _ world: BoardWorld, _ given: BoardDraw, _ trouble: inout MirrorTrouble?
    ) async throws {
      var draw = given
      func process() -> BoardProcess {
        world.processes.randomElement(using: &draw.random) ?? world.processes[0]
      }
      if Int.random(in: 0..<4, using: &draw.random) == 0 {
        try await world.perform([(draw.crowd(), process())])
      }
      for _ in 0..<3 { try await world.perform([(draw.define(at: try await world.now), process())]) }
      for _ in 0..<60 {
        if Int.random(in: 0..<5, using: &draw.random) < 2 { try await world.passTime(&draw) }
        let now = try await world.now
        let actions = (0..<Int.random(in: 1...3, using: &draw.random)).map { _ in
          (action: draw.action(at: now), process: process())
        }
        try await world.perform(actions)
        try await trouble?.happen(world, &draw.random)
      }
    }

    /// All that is left to do is done, and then everything is as it must be; also when what was late comes.
    private static func expectWhole(
      _ world: BoardWorld, _ seed: UInt64
    ) async throws -> (live: Int, closed: Int)? {
      for turn in 0..<2 {
        var faults = ["nothing was done"]
        let isWhole = try await Settling.isReached(by: world) { faults = $0 }
        #expect(isWhole, "POINTS_TEST_SEED=\(seed), turn \(turn): \(faults.prefix(4)) after \(world.story)")
        guard isWhole else { return nil }
        for process in world.processes {
          try await process.run { for _ in 0..<4 { await process.mail.deliver() } }
        }
      }
      return try await BoardJudge(world).size
    }
  }
}

/// Brings everything to its end.
private enum Settling {
  private static let limit = Duration.seconds(60)

  static func isReached(by world: BoardWorld, _ tell: ([String]) -> Void) async throws -> Bool {
    let end = ContinuousClock.now + limit
    while true {
      for process in world.processes {
        try await process.run {
          await process.look()
          try? await process.fill()
          try? await process.close()
          await process.dropHalfBuilt(of: world.type)
          await process.look()
          world.note(process.catalog.boards.all.map(\.definition))
        }
      }
      let judge = try await BoardJudge(world)
      var faults = judge.unfinished + judge.ledgerFaults()
      for process in world.processes { faults += try await judge.mirrorFaults(process) }
      tell(faults)
      if faults.isEmpty { return true }
      guard ContinuousClock.now < end else { return false }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}
