// A store is emptied, or dies and comes back, while a period is closed or a snapshot is taken: the same
// snapshot every time.
import EmbeddedServers
import TestSupport
import Testing

extension WholeService {
  @Suite struct StoreForceTests {
    private static let strikes = [Strike.flushRedis, .killRedis, .killPostgres]

    @Test func `whatever becomes of a store, and at which step, the same snapshot is stored once`()
      async throws
    {
      let faults = try await Lanes.run(Self.strikes.count, onServersOfTheirOwn: true) { lane, installation in
        let strike = Self.strikes[lane]
        let chain = try RunnerChain(installation, boards: 16)
        let (digest, halts, faults) = try chain.closeInPeace()
        let board = try chain.league.next()
        let taken = try chain.snapshotInPeace(of: board)
        var found = faults
        for halt in halts where Self.chosen(for: strike, halt) {
          found += try chain.close(strike, at: halt, expecting: digest)
        }
        for halt in taken.halts where Self.chosen(for: strike, halt) {
          found += try chain.snapshot(of: board, strike, at: halt, expecting: taken.digest)
        }
        return found
      }
      #expect(faults.flatMap(\.self) == [])
    }

    @Test
    func `a Redis that forgot what it was told to forget, or was not told, is told by whoever is there`()
      async throws
    {
      let faults = try await Lanes.run(1, onServersOfTheirOwn: true) { _, installation in
        let chain = try RunnerChain(installation, boards: 8)
        let length = try #require(try AppendedFile(of: installation.servers)).length
        let (_, _, faults) = try chain.closeInPeace()
        let halt = try #require(Self.forgetting(among: chain.service.watch.steps))
        return faults + (try Self.loseEnd(of: chain, fromByte: length))
          + (try Self.loseRemoval(by: chain, at: halt))
      }
      #expect(faults.flatMap(\.self) == [])
    }

    /// Where Redis is told to forget: the first script behind the freezing that was not called before it.
    /// Postings call theirs all the time.
    private static func forgetting(among steps: [Step]) -> Halt? {
      let names = steps.compactMap(\.trail.last)
      guard let frozen = names.firstIndex(of: "freeze_periods") else { return nil }
      let before = Set(names[..<frozen])
      let name = names[frozen...].first { $0.hasPrefix("script") && !before.contains($0) }
      return name.map { Halt(step: Step(trail: [$0]), isDone: false) }
    }

    /// Redis loses all that it was told of the period that was closed last.
    private static func loseEnd(of chain: RunnerChain, fromByte length: Int) throws -> [String] {
      let servers = chain.installation.servers
      chain.service.process.suspend()
      servers.redis.kill()
      let file = try #require(try AppendedFile(of: servers))
      try file.cut(try file.length - length)
      try servers.redis.start()
      let isBack = try chain.league.isInRedis(chain.closed)
      chain.service.process.resume()
      let isGone = try Eventually.holds(within: .seconds(20)) { try !chain.league.isInRedis(chain.closed) }
      return (isBack ? [] : ["Redis lost nothing"]) + (isGone ? [] : ["it is in Redis for good"])
    }

    /// Who removed a board dies before it says so to Redis.
    private static func loseRemoval(by chain: RunnerChain, at halt: Halt) throws -> [String] {
      let board = try chain.league.next()
      chain.service.watch.begin(haltingAt: halt)
      let removal = Call(
        method: "DELETE", target: "/points/boards/\(board)", key: chain.installation.admin)
      let answer = try Caller(port: chain.service.port).ask(removal)
      guard answer.status == 204, chain.service.watch.haltIsReached(within: .seconds(10)) else {
        return ["\(answer.status): nobody tells Redis of a removal"]
      }
      let isThere = try chain.league.isInRedis(board)
      try chain.strike(.kill) { true }
      let isGone = try Eventually.holds(within: .seconds(20)) { try !chain.league.isInRedis(board) }
      return (isThere ? [] : ["it was not in Redis"]) + (isGone ? [] : ["what was removed stays in Redis"])
    }

    /// To Redis everything before it is told of the end is the same; Postgres is asked in each.
    private static func chosen(for strike: Strike, _ halt: Halt) -> Bool {
      guard !halt.isDone, let name = halt.step.trail.last else { return false }
      let isInPostgres =
        ["begin_closing", "begin_snapshot", "settle_snapshot", "complete_snapshot", "freeze_periods"]
        .contains(name) || name == "commit"
      let isInRedis = name == "settle_snapshot" || name == "freeze_periods" || name.hasPrefix("script")
      return strike == .killPostgres ? isInPostgres : isInRedis
    }
  }
}
