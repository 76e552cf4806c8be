// The follower's question tells exactly which accounts a mirror lacks, also while another is being built.
import BoardScripts
import BoardStore
import Ledger
import RedisClient
import Testing

@Suite struct OutdatedTests {
  private static func asked(
    _ user: String, _ revision: Int64, of type: PointTypeID = World.gold
  ) -> AccountRevision {
    AccountRevision(World.key(user, type), revision)
  }

  @Test func `an account is outdated if it is absent or of an older revision`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("equal", 1, revision: 7), World.account("newer", 1, revision: 1 << 40)])
      await store.put([World.account("older", 1, revision: 255)])
      let found = await store.outdated([
        Self.asked("equal", 7), Self.asked("absent", 1), Self.asked("newer", 256), Self.asked("older", 256),
      ])
      #expect(found == [World.gold: .success([World.key("absent"), World.key("older")])])
    }
  }

  @Test func `an account that only one of two epochs has is outdated`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("live", 1)])
      _ = try await store.beginEpoch(seeing: try await store.state(), at: World.position(3))
      await store.put([World.account("building", 1)], for: .build)
      await store.put([World.account("both", 1)])
      let found = await store.outdated(["live", "building", "both"].map { Self.asked($0, 1) })
      #expect(found == [World.gold: .success([World.key("live"), World.key("building")])])
    }
  }

  @Test func `of many accounts and types each gets its own answer`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let users = (0..<1_000).map { "user \($0)" }
      await store.put(users.enumerated().filter { $0.offset % 3 != 0 }.map { World.account($0.element, 1) })
      let found = await store.outdated(
        users.map { Self.asked($0, 1) } + [Self.asked("user 1", 1, of: World.silver)])
      let lacking = users.enumerated().filter { $0.offset % 3 == 0 }.map { World.key($0.element) }
      #expect(found == [World.gold: .success(lacking), World.silver: .failure(.noMirror)])
    }
  }

  @Test func `nothing can be said of a mirror whose marker is gone, or is another ledger's`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      let accounts = MirrorKeys(World.gold, epoch: 1).accounts
      let marker = await store.redis.send(RedisCommand("HGET", key: accounts, [[]]))
      guard case .value(.bulk(var bytes)) = marker else {
        Issue.record("\(marker)")
        return
      }
      bytes[0] ^= 1
      _ = await store.redis.send(RedisCommand("HSET", key: accounts, [[], bytes]))
      guard case .failure? = await store.outdated([Self.asked("u", 1)])[World.gold] else {
        Issue.record("another ledger's mirror was looked at")
        return
      }
      _ = await store.redis.send(RedisCommand("HDEL", key: accounts, [[]]))
      let found = await store.outdated([Self.asked("u", 1)])
      #expect(found == [World.gold: .failure(.noMirror)])
    }
  }
}
