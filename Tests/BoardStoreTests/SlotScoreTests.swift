// Redis works out the scores of what it is sent, by the limbs of the value; Swift by its bits. Every value
// must get the same double from both, down to the last bit, whichever way the board goes.
import BoardStore
import Boards
import Ledger
import RedisClient
import TestSupport
import Testing

@Suite struct SlotScoreTests {
  private static let slots = [false, true].flatMap { isAscending in
    [RankStyle.competition, .dense].map { style in BoardOrder(style: style, isAscending: isAscending) }
  }.enumerated().map { index, order in (key: SlotKey(board: Int32(index + 1), period: 3), order: order) }

  /// Around every power of two, at both ends, and of any width.
  private static func values(_ random: inout SeededGenerator) -> [Int64] {
    var values: Set<Int64> = [BoardSlots.lowestScore, BoardSlots.lowestScore + 1, .max, .max - 1]
    for power in 0..<63 {
      for distance: Int64 in -2...2 {
        let (value, isTooMuch) = (Int64(1) << Int64(power)).addingReportingOverflow(distance)
        if !isTooMuch { values.formUnion([value, max(BoardSlots.lowestScore, -value)]) }
      }
    }
    for _ in 0..<1_500 {
      let value = Int64.random(in: 0 ... .max, using: &random) >> Int64.random(in: 0..<62, using: &random)
      values.formUnion([value, max(BoardSlots.lowestScore, -value)])
    }
    return Array(values)
  }

  @Test func `Redis gives every value the score that Swift gives it`() async throws {
    try await withStore { store in
      var random = SeededGenerator.forThisRun()
      store.show([World.gold: Self.slots.map { LiveBoard(number: $0.key.board, order: $0.order) }], upTo: 9)
      try await store.makeMirror()
      let values = Self.values(&random)
      let accounts = values.map { value in
        var named = World.account("\(value)", slots: Self.slots.map { World.slot($0.key, value) })
        named.account.balance = max(0, value)
        named.account.totalEarned = max(0, value)
        return named
      }
      for first in stride(from: 0, to: accounts.count, by: 100) {
        await store.put(Array(accounts[first..<min(first + 100, accounts.count)]))
      }
      let keys = MirrorKeys(World.gold, epoch: 1)
      for slot in Self.slots {
        let found = try await Self.scores(store, in: keys.members(of: slot.key))
        #expect(found.count == values.count)
        let different = values.filter {
          found[$0] != ScoreEncoding.score(of: slot.order.merit(of: $0)).bitPattern
        }
        #expect(different.isEmpty, "\(slot.order)")
      }
      for board in [keys.balance, keys.earned] {
        let found = try await Self.scores(store, in: board)
        #expect(values.allSatisfy { found[$0] == ScoreEncoding.score(of: max(0, $0)).bitPattern })
      }
    }
  }

  /// By the value that the user is named for.
  private static func scores(_ store: BoardStore, in set: [UInt8]) async throws -> [Int64: UInt64] {
    let name = String(decoding: set, as: UTF8.self)
    guard case .value(.array(let found)) = await store.redis.command("ZRANGE", name, "0", "-1", "WITHSCORES")
    else { return [:] }
    var scores: [Int64: UInt64] = [:]
    for place in stride(from: 0, to: found.count, by: 2) {
      let user = try #require(found[place].bytes).dropFirst(8)
      let score = try #require(found[place + 1].bytes)
      let value = try #require(Int64(String(decoding: user, as: UTF8.self)))
      scores[value] = Double(String(decoding: score, as: UTF8.self))?.bitPattern
    }
    return scores
  }
}
