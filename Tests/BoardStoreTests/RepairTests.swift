// What a verifier writes: only over what it saw, and between the two counts that show a torn mirror.
import BoardStore
import Boards
import Ledger
import RedisClient
import Testing

@Suite(.serialized)
struct RepairTests {
  @Test func `a repair writes an older state over what was seen`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let newer = World.account("u", 5, revision: 2)
      let older = World.account("u", 7, revision: 1)
      await store.put([newer])
      let outcomes = await store.repair([AccountRepair(older, over: PackedAccount.bytes(of: newer))])
      #expect(outcomes == [World.gold: .applied])
      let page = await store.wholePage()
      #expect(page.value == Oracle([older], .balance).page(offset: 0, limit: 9, statistics: true))
    }
  }

  @Test func `what came since it was seen is not put back`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let seen = World.account("u", 9, revision: 5)
      let read = World.account("u", 10, revision: 5)
      let newest = World.account("u", 11, revision: 6)
      await store.put([seen])
      await store.put([newest])
      for seen in [PackedAccount.bytes(of: seen), nil] {
        let outcomes = await store.repair([AccountRepair(read, over: seen)])
        #expect(outcomes == [World.gold: .applied])
      }
      let page = await store.wholePage()
      #expect(page.value == Oracle([newest], .balance).page(offset: 0, limit: 9, statistics: true))
    }
  }

  @Test(arguments: ["", "junk"])
  func `a repair writes over what is no account`(junk: String) async throws {
    try await withStore { store in
      try await store.makeMirror()
      let keys = MirrorKeys(World.gold, epoch: 1)
      _ = await store.redis.send(
        RedisCommand("HSET", key: keys.accounts, [Array("u".utf8), Array(junk.utf8)]))
      let account = World.account("u", 7)
      let outcomes = await store.repair([AccountRepair(account, over: Array(junk.utf8))])
      #expect(outcomes == [World.gold: .applied])
      let page = await store.wholePage()
      #expect(page.value == Oracle([account], .balance).page(offset: 0, limit: 9, statistics: true))
    }
  }

  @Test func `removing ghosts is counted when it begins and when it ends`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let ghost = World.account("ghost", 7)
      await store.put([ghost, World.account("u", 1)])
      let keys = MirrorKeys(World.gold, epoch: 1)
      let ghosts: [MirrorGhost] = [
        .account(Array("ghost".utf8), packed: PackedAccount.bytes(of: ghost)),
        .member(.balance, Array("no such member".utf8)),
      ]
      #expect(try await store.remove(ghosts, from: keys) == 1)
      #expect(await Self.counts(store, keys) == ["2", "2"])
      #expect(try await store.remove(ghosts, from: keys) == 0)
      #expect(await Self.counts(store, keys) == ["2", "2"], "nothing was written")
    }
  }

  @Test func `a sum is corrected once, however many found it wrong`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      let keys = MirrorKeys(World.gold, epoch: 1)
      let seen = try await store.corrections(in: keys)[.balance] ?? []
      #expect(try await store.correctSum(of: .balance, by: SumLimbs(-3), seeing: seen, in: keys))
      #expect(try await !store.correctSum(of: .balance, by: SumLimbs(-3), seeing: seen, in: keys))
      #expect(await Self.counts(store, keys) == ["2", "2"])
      let weight = try await store.weigh(World.gold, in: keys)
      #expect(weight.sums[.balance] == -2)
      let again = try await store.corrections(in: keys)[.balance] ?? []
      #expect(try await store.correctSum(of: .balance, by: SumLimbs(3), seeing: again, in: keys))
    }
  }

  @Test func `what lies under no user id is told by its bytes`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      let keys = MirrorKeys(World.gold, epoch: 1)
      let field: [UInt8] = [0x61, 0xFF]
      _ = await store.redis.send(RedisCommand("HSET", key: keys.accounts, [field, [1, 2]]))
      let found = try await store.users(from: nil, count: 100, in: keys)
      #expect(found.users == [UserID(stored: "u")] && found.strange == [field] && found.next == nil)
      #expect(try await store.contents(of: [field, [9]], in: keys) == [[1, 2], nil])
      #expect(try await store.remove([.account(field, packed: [1, 2])], from: keys) == 1)
      #expect(try await store.contents(of: [field], in: keys) == [nil])
    }
  }

  /// How many writes were begun, and how many ended.
  private static func counts(_ store: BoardStore, _ keys: MirrorKeys) async -> [String?] {
    let reply = await store.redis.send(
      RedisCommand("HMGET", key: keys.sums, [Array("begun".utf8), Array("ended".utf8)]))
    guard case .value(.array(let parts)) = reply else { return [] }
    return parts.map { $0.bytes.map { String(decoding: $0, as: UTF8.self) } }
  }
}
