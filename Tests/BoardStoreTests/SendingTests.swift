// Sends may come in any order, repeated and partly lost: the newest state of each account is what remains.
import BoardStore
import Boards
import Ledger
import RedisClient
import TestSupport
import Testing

@Suite struct SendingTests {
  @Test func `an account is read as it was sent, whatever its id and name are`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let users = [
        "1", "a b", " ", "\"quoted\"", "it's", "back\\slash", "ünïcode 日本", "e\u{301}", "\u{e9}", "{tag}",
        String(repeating: "x", count: 128), "live", "balance:high", "-1", "%s",
      ]
      let accounts = users.enumerated().map { index, user in
        World.account(user, Int64(index) + 1, at: Int64(index) + 1, name: index % 2 == 0 ? nil : user)
      }
      await store.put(accounts)
      for named in accounts {
        let balance = await store.balance(named.account.key)
        #expect(balance == .value(named.account, position: 1))
      }
      let page = await store.page(of: World.gold, .balance, offset: 0, limit: 100)
      #expect(page.value?.rows.map(\.account) == accounts.reversed())
      let absent = await store.balance(World.key("nobody"))
      #expect(absent == .value(nil, position: 1))
    }
  }

  @Test(arguments: ["", "junk", String(repeating: "j", count: 73)])
  func `what is no account is found outdated, and a send writes over it`(junk: String) async throws {
    try await withStore { store in
      try await store.makeMirror()
      let (spoiled, whole) = (World.account("u", 7), World.account("v", 8))
      await store.put([whole])
      let keys = MirrorKeys(World.gold, epoch: 1)
      _ = await store.redis.send(
        RedisCommand("HSET", key: keys.accounts, [Array("u".utf8), Array(junk.utf8)]))
      let wanted = [spoiled, whole].map { AccountRevision($0.account.key, $0.account.revision) }
      #expect(await store.outdated(wanted) == [World.gold: .success([spoiled.account.key])])
      let rank = await store.rank(of: World.gold, .balance, user: spoiled.account.key.user)
      #expect(rank.reason == .damaged)
      let users = await store.users(of: World.gold, .balance, [spoiled, whole].map(\.account.key.user))
      #expect(users.reason == .damaged)
      let around = await store.around(of: World.gold, .balance, user: spoiled.account.key.user, count: 3)
      #expect(around.reason == .damaged)
      await store.put([spoiled, whole])
      let page = await store.wholePage()
      #expect(page.value == Oracle([spoiled, whole], .balance).page(offset: 0, limit: 9, statistics: true))
    }
  }

  @Test func `any order, repeats and losses of sends end in the newest states`() async throws {
    try await withStore { store in
      var random = SeededGenerator.forThisRun()
      try await store.makeMirror()
      var newest: [String: NamedAccount] = [:]
      var sends: [[NamedAccount]] = []
      for _ in 0..<300 {
        var send: [NamedAccount] = []
        for _ in 0..<Int.random(in: 1...40, using: &random) {
          let user = "user \(Int.random(in: 0..<60, using: &random))"
          let revision = (newest[user]?.account.revision ?? 0) + 1
          let named = World.account(
            user, Int64.random(in: 0...5, using: &random), earned: Int64.random(in: 0...5, using: &random),
            revision: revision, at: Int64.random(in: 1...9, using: &random), name: "\(revision)")
          newest[user] = named
          send.append(named)
        }
        if Bool.random(using: &random) { sends.append(send) }
        if Bool.random(using: &random) { sends.append(send) }
      }
      sends.shuffle(using: &random)
      for send in sends { await store.put(send) }
      await store.put(Array(newest.values))
      for send in sends.prefix(20) { await store.put(send) }
      for board in [MirrorBoard.balance, .earned] {
        let page = await store.wholePage(board)
        #expect(page.value == Oracle(newest.values, board).page(offset: 0, limit: 1_000, statistics: true))
      }
    }
  }

  @Test func `an older state is not written, nor an equal one`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let newer = World.account("u", 5, revision: 2, name: "newer")
      let equal = World.account("u", 6, revision: 2, name: "equal")
      let older = World.account("u", 7, revision: 1, name: "older")
      await store.put([newer])
      await store.put([equal, older])
      let kept = await store.balances(of: World.gold, [UserID(stored: "u")])
      #expect(kept.value == [newer])
      let page = await store.wholePage()
      #expect(page.value == Oracle([newer], .balance).page(offset: 0, limit: 9, statistics: true))
    }
  }

  @Test func `who has no transaction is on no board, but has an account`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let account = Account(key: World.key("new"), revision: 1, updatedAt: Instant(microseconds: 5))
      var debited = World.account("poor", 0)
      debited.account.earnedAt = nil
      await store.put([NamedAccount(account, displayName: nil), debited])
      let new = await store.balance(account.key)
      #expect(new.value == account)
      let balance = await store.wholePage(.balance)
      #expect(balance.value == Oracle([debited], .balance).page(offset: 0, limit: 9, statistics: true))
      let earned = await store.wholePage(.earned)
      #expect(earned.value == BoardPage(rows: [], offset: 0, members: 0))
    }
  }

  @Test func `several types and more accounts than a call carries leave together`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      try await store.makeMirror(of: World.silver)
      let accounts = (0..<700).map {
        World.account("\($0)", Int64($0), of: $0 % 2 == 0 ? World.gold : World.silver)
      }
      let before = store.redis.counters
      await store.put(accounts)
      #expect(store.redis.counters.flushes == before.flushes + 1)
      #expect(store.redis.counters.commands == before.commands + 6)
      for pointType in [World.gold, World.silver] {
        let page = await store.page(of: pointType, .earned, offset: 0, limit: 1)
        #expect(page.value?.members == 350)
      }
    }
  }

  @Test func `a type without a mirror does not hold up the others`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let outcomes = await store.send([
        World.account("u", 1), World.account("u", 1, of: World.silver),
      ])
      #expect(outcomes == [World.gold: .applied, World.silver: .unavailable(.noMirror)])
      let keys = await store.redis.command("KEYS", "*000002*")
      #expect(keys == .value(.array([])))
    }
  }
}
