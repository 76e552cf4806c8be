// A snapshot held against a board: what is as it should be is counted, and nothing else is passed over but
// those that have gone on.
import BoardStore
import Boards
import Ledger
import RedisClient
import TestSupport
import Testing

@Suite(.serialized)
struct ComparingTests {
  private static let key = SlotKey(board: 7, period: 3)
  private static let order = BoardOrder(style: .dense)
  private static let slots = MirrorBoard.slot(key, order)

  private static func user(_ number: Int) -> String { "user-\(1_000 + number)" }

  /// The best first, of equal scores who had it first.
  private static func accounts(_ count: Int) -> [NamedAccount] {
    (0..<count).map { number in
      var named = World.account(user(number), Int64(count - number / 2), revision: 2, at: Int64(number + 1))
      named.account.slots = BoardSlots([
        World.slot(key, Int64(10 * (count - number / 3)), at: Int64(number + 1))
      ])
      return named
    }
  }

  private static func told(_ accounts: [NamedAccount], _ board: MirrorBoard) -> [ToldPlace] {
    accounts.map { named in
      ToldPlace(
        user: named.account.key.user, version: named.account.version,
        score: board.score(of: named.account) ?? -1,
        reachedAt: board.reachedAt(of: named.account) ?? Instant(microseconds: -1))
    }
  }

  private static func withAccounts(
    _ count: Int, _ body: @escaping @Sendable (BoardStore, [NamedAccount], MirrorKeys) async throws -> Void
  ) async throws {
    try await withStore { store in
      store.show([World.gold: [LiveBoard(number: 7, order: order)]], upTo: 7)
      try await store.makeMirror()
      let accounts = accounts(count)
      await store.put(accounts)
      try await body(store, accounts, MirrorKeys(World.gold, epoch: 1))
    }
  }

  @Test(arguments: [MirrorBoard.balance, .earned, slots])
  func `what is as it was told is counted, wherever the page begins`(board: MirrorBoard) async throws {
    try await Self.withAccounts(600) { store, accounts, keys in
      let told = Self.told(accounts, board)
      for (first, offset) in [(0, 0), (300, 300), (300, 0), (0, 900), (599, 599)] {
        let compared = try await store.compare(
          Array(told[first...]), behind: Int64(offset), on: board, in: keys)
        #expect(compared.agreed == 600 - Int64(first) && compared.others.isEmpty)
      }
      let nothing = try await store.compare([], behind: 0, on: board, in: keys)
      #expect(nothing.agreed == 0 && nothing.others.isEmpty)
    }
  }

  @Test(arguments: [MirrorBoard.balance, slots])
  func `what says something else, is older or is missing is told`(board: MirrorBoard) async throws {
    try await Self.withAccounts(300) { store, accounts, keys in
      var told = Self.told(accounts, board)
      func change(
        _ place: Int, user: String? = nil, version: Int64 = 2, score: Int64 = 0, reachedAt: Int64 = 0
      ) {
        let old = told[place]
        told[place] = ToldPlace(
          user: user.map { UserID(stored: $0) } ?? old.user, version: version, score: old.score + score,
          reachedAt: Instant(microseconds: old.reachedAt.microseconds + reachedAt))
      }
      change(3, score: 1)
      change(100, reachedAt: 1)
      change(255, version: 3)
      change(256, user: "nobody")
      // It has gone on since, whatever it says now.
      change(299, version: 1, score: 5)
      let compared = try await store.compare(told, behind: 0, on: board, in: keys)
      #expect(compared.agreed == 295)
      #expect(
        compared.others.map(\.user) == [3, 100, 255].map { UserID(stored: Self.user($0)) }
          + [UserID(stored: "nobody")])
    }
  }

  @Test func `a member that is missing or has another score is told`() async throws {
    try await Self.withAccounts(40) { store, accounts, keys in
      let told = Self.told(accounts, Self.slots)
      let members = keys.members(of: Self.key)
      func member(_ number: Int) -> [UInt8] {
        [UInt8](repeating: 0, count: 7) + [UInt8(number + 1)] + Array(Self.user(number).utf8)
      }
      _ = await store.redis.send(RedisCommand("ZREM", key: members, [member(5)]))
      _ = await store.redis.send(RedisCommand("ZINCRBY", key: members, [Array("1".utf8), member(20)]))
      let compared = try await store.compare(told, behind: 0, on: Self.slots, in: keys)
      #expect(compared.agreed == 38)
      #expect(compared.others.map(\.user.text) == [Self.user(5), Self.user(20)])
    }
  }

  @Test func `a score that dense ranks do not count is told of all who have it`() async throws {
    try await Self.withAccounts(30) { store, accounts, keys in
      let told = Self.told(accounts, Self.slots)
      // Three have each score.
      var value: [UInt8] = [UInt8](repeating: 0, count: 6)
      value += [UInt8(told[6].score >> 8), UInt8(told[6].score & 0xFF)]
      _ = await store.redis.send(RedisCommand("ZREM", key: keys.scores(of: Self.key), [value]))
      let compared = try await store.compare(told, behind: 0, on: Self.slots, in: keys)
      #expect(compared.agreed == 27)
      #expect(compared.others.map(\.user.text) == [6, 7, 8].map(Self.user))
    }
  }

  @Test func `of a period that is closed for good nothing is compared`() async throws {
    try await Self.withAccounts(10) { store, accounts, keys in
      try await store.retire(World.gold, Self.key)
      let compared = try await store.compare(
        Self.told(accounts, Self.slots), behind: 0, on: Self.slots, in: keys)
      #expect(compared.agreed == 0 && compared.others.isEmpty)
    }
  }

  @Test func `what is no account is told`() async throws {
    try await Self.withAccounts(3) { store, accounts, keys in
      _ = await store.redis.send(
        RedisCommand("HSET", key: keys.accounts, [Array(Self.user(1).utf8), Array("junk".utf8)]))
      let compared = try await store.compare(
        Self.told(accounts, .balance), behind: 0, on: .balance, in: keys)
      #expect(compared.agreed == 2 && compared.others.map(\.user.text) == [Self.user(1)])
    }
  }
}
