// Ranks that many ask for at once are read together; each gets his own, and nobody's harm is another's.
import BoardStore
import EventLoop
import Ledger
import RedisClient
import TestSupport
import Testing

@Suite struct GatheredRankTests {
  @Test func `who asks in one turn is answered by few scripts, and each with his own rank`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put((0..<100).map { World.account("\($0)", $0 / 2) })
      let before = store.redis.counters.commands
      // The last five are on no board.
      let answers = await store.ranks(of: (0..<105).map(UserID.numbered))
      #expect(store.redis.counters.commands == before + 4)
      for (user, answer) in answers.enumerated() {
        let standing = try #require(answer.value)
        #expect(standing.members == 100)
        guard user < 100 else {
          #expect(standing.row == nil && standing.nextScore == nil && standing.better == nil)
          continue
        }
        let better = Int64(98 - user / 2 * 2)
        #expect(standing.row?.account.account.key == World.key("\(user)"))
        #expect(standing.row?.rank == better + 1)
        #expect(standing.better == better)
        #expect(standing.nextScore == (better == 0 ? nil : Int64(user / 2 + 1)))
      }
    }
  }

  @Test func `boards are not mixed up`() async throws {
    try await withStore { store in
      for type in [World.gold, World.silver] { try await store.makeMirror(of: type) }
      await store.put([World.account("a", 5, earned: 1), World.account("b", 4, earned: 2)])
      await store.put([World.account("a", 1, of: World.silver), World.account("c", 2, of: World.silver)])
      let user = UserID(stored: "a")
      async let balance = store.rank(of: World.gold, .balance, user: user)
      async let earned = store.rank(of: World.gold, .earned, user: user)
      async let silver = store.rank(of: World.silver, .balance, user: user)
      let answers = await (balance, earned, silver)
      #expect(answers.0.value?.row?.rank == 1)
      #expect(answers.1.value?.row?.rank == 2)
      #expect(answers.2.value?.row?.rank == 2)
      #expect(answers.2.value?.nextScore == 2)
    }
  }

  @Test func `what is damaged of one user is no matter of the others`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put((0..<40).map { World.account("\($0)", $0) })
      let keys = try #require(try await store.state().epochs.live)
      let spoiled = await store.redis.send(
        RedisCommand("HSET", key: keys.accounts, [Array("7".utf8), Array("no account".utf8)]))
      #expect(spoiled == .value(.integer(0)))
      // The best of all is not on the board any more.
      let removed = await store.redis.send(
        RedisCommand("ZREMRANGEBYRANK", key: keys.balance, [Array("0".utf8), Array("0".utf8)]))
      #expect(removed == .value(.integer(1)))
      let answers = await store.ranks(of: (0..<40).map(UserID.numbered))
      for (user, answer) in answers.enumerated() {
        // Who has to overtake a spoiled one cannot be told by how much.
        if [6, 7, 39].contains(user) {
          #expect(answer.reason == .damaged)
        } else {
          #expect(answer.value?.row?.rank == Int64(39 - user))
        }
      }
    }
  }

  @Test func `while nothing can be read everybody is told so at once`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      store.distrust()
      let before = store.redis.counters.commands
      let answers = await store.ranks(of: (0..<5_000).map(UserID.numbered))
      #expect(answers.count == 5_000)
      #expect(answers.allSatisfy { $0.reason == .untrusted })
      #expect(store.redis.counters.commands == before)
    }
  }
}

extension UserID {
  fileprivate static func numbered(_ number: Int) -> UserID { UserID(stored: "\(number)") }
}
