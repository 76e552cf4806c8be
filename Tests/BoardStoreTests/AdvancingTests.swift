// The short way of what was committed: taken where the mirror holds what the sender expects, and without a
// trace where it does not.
import BoardStore
import Boards
import Ledger
import RedisClient
import TestSupport
import Testing

@Suite struct AdvancingTests {
  private static func send(_ accounts: [ChangedAccount], to store: BoardStore) async {
    let outcomes = await store.send(changed: accounts, timeout: .seconds(30))
    #expect(outcomes.values.allSatisfy { $0 == .applied }, "\(outcomes)")
  }

  /// How many commands it takes to send them.
  private static func commands(to store: BoardStore, _ accounts: [ChangedAccount]) async -> Int {
    let before = store.redis.counters.commands
    await send(accounts, to: store)
    return store.redis.counters.commands - before
  }

  private static func new(_ user: String) -> Account {
    Account(key: World.key(user), updatedAt: Instant(microseconds: 1))
  }

  @Test func `one command takes accounts from what is there to what follows`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let users = ["1", "a b", "ünïcode 日本", String(repeating: "x", count: 128), "live", "-1"]
      let values: [Int64] = [0, 1, 1 << 32, (1 << 53) + 1, .max, 7]
      let first = zip(users, values).enumerated().map { index, pair in
        World.account(pair.0, pair.1, at: Int64(index) + 1, name: index % 2 == 0 ? nil : "Name \(index)")
      }
      // So that the epochs are known.
      _ = await store.balance(World.key("nobody"))
      let created = first.map { ChangedAccount($0, before: Self.new($0.account.key.user.text)) }
      #expect(await Self.commands(to: store, created) == 1)
      for board in [MirrorBoard.balance, .earned] {
        let page = await store.wholePage(board)
        #expect(page.value == Oracle(first, board).page(offset: 0, limit: 1_000, statistics: true))
      }
      // Some keep their score, some their time, some both on one of the boards.
      let second = first.enumerated().map { index, named in
        var next = named
        next.account.revision = 2
        next.account.version = 2
        next.account.balance = index % 2 == 0 ? named.account.balance : 5
        next.account.lastTransactionAt = Instant(microseconds: index % 3 == 0 ? Int64(index) + 1 : 50)
        if index == 1 { next.account.totalEarned += 3 }
        if index == 5 { next.account.earnedAt = nil }
        return next
      }
      let moved = zip(first, second).map { ChangedAccount($1, before: $0.account) }
      #expect(await Self.commands(to: store, moved) == 1)
      for board in [MirrorBoard.balance, .earned] {
        let page = await store.wholePage(board)
        #expect(page.value == Oracle(second, board).page(offset: 0, limit: 1_000, statistics: true))
      }
      #expect(await store.writes() == [2, 2])
    }
  }

  @Test func `what is not as expected goes the general way, and all of it`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let (one, two) = (World.account("one", 5), World.account("two", 6))
      await store.put([one, two])
      let (oneThen, twoThen) = (World.account("one", 7, revision: 3), World.account("two", 8, revision: 2))
      // Somebody else has written revision 2 of the first, which is not here yet.
      var unseen = one.account
      unseen.revision = 2
      let changes = [
        ChangedAccount(oneThen, before: unseen), ChangedAccount(twoThen, before: two.account),
      ]
      #expect(await Self.commands(to: store, changes) == 2)
      var page = await store.wholePage()
      let expected = Oracle([oneThen, twoThen], .balance).page(offset: 0, limit: 9, statistics: true)
      #expect(page.value == expected)
      // An older state that comes late changes nothing.
      #expect(await Self.commands(to: store, [ChangedAccount(one, before: Self.new("one"))]) == 2)
      page = await store.wholePage()
      #expect(page.value == expected)
    }
  }

  @Test func `who is not for the short way does not try it`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let one = World.account("one", 5)
      await store.put([one])
      let next = World.account("one", 6, revision: 2)
      #expect(await Self.commands(to: store, [ChangedAccount(next, before: nil)]) == 1)
      #expect(await Self.commands(to: store, [ChangedAccount(next, before: next.account)]) == 1)
      // Beside the live epoch one is being built, which the store has not seen yet: both take it.
      _ = try await store.beginEpoch(seeing: try await store.state(), at: World.position(2))
      let last = World.account("one", 7, revision: 3)
      await Self.send([ChangedAccount(last, before: next.account)], to: store)
      let finished = try await store.finishEpoch(seeing: try await store.state())
      #expect(finished == .done)
      let page = await store.wholePage()
      #expect(page.value == Oracle([last], .balance).page(offset: 0, limit: 9, statistics: true))
    }
  }

  @Test func `where no mirror may be written nothing is`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let one = World.account("one", 5)
      await store.put([one])
      let keys = MirrorKeys(World.gold, epoch: 1)
      _ = await store.redis.send(RedisCommand("HDEL", key: keys.accounts, [[]]))
      let next = ChangedAccount(World.account("one", 6, revision: 2), before: one.account)
      let outcomes = await store.send(changed: [next], timeout: .seconds(30))
      #expect(outcomes == [World.gold: .unavailable(.noMirror)])
      #expect(await store.writes() == [1, 1])
    }
  }

  @Test func `sends that overtake each other, repeat and are lost end in the newest states`() async throws {
    try await withStore { store in
      var random = SeededGenerator.forThisRun()
      try await store.makeMirror()
      var newest: [String: NamedAccount] = [:]
      var sends: [[ChangedAccount]] = []
      for _ in 0..<300 {
        var send: [String: ChangedAccount] = [:]
        for _ in 0..<Int.random(in: 1...40, using: &random) {
          let user = "user \(Int.random(in: 0..<60, using: &random))"
          guard send[user] == nil else { continue }
          let before = newest[user]?.account
          var named = World.account(
            user, Int64.random(in: 0...5, using: &random), earned: Int64.random(in: 0...5, using: &random),
            revision: (before?.revision ?? 0) + 1, at: Int64.random(in: 1...9, using: &random), name: "name")
          if Int.random(in: 0..<4, using: &random) == 0 { named.account.earnedAt = nil }
          newest[user] = named
          send[user] = ChangedAccount(named, before: before ?? Self.new(user))
        }
        let inOrder = send.values.sorted { $0.account.account.key < $1.account.account.key }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: sends.append(inOrder)
        case 1:
          await Self.send(inOrder, to: store)
          sends.append(inOrder)
        case 2: break
        case _: await Self.send(inOrder, to: store)
        }
        if !sends.isEmpty, Bool.random(using: &random) {
          await Self.send(sends.remove(at: Int.random(in: sends.indices, using: &random)), to: store)
        }
      }
      await store.put(Array(newest.values))
      for send in sends { await Self.send(send, to: store) }
      for board in [MirrorBoard.balance, .earned] {
        let page = await store.wholePage(board)
        #expect(page.value == Oracle(newest.values, board).page(offset: 0, limit: 1_000, statistics: true))
      }
    }
  }
}
