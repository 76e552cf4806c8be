// Shares of a board, and how its scores are spread, against counting.
import BoardStore
import Boards
import Ledger
import RedisClient
import TestSupport
import Testing

@Suite struct SpreadTests {
  @Test func `shares and spreads of boards of all sizes agree with counting`() async throws {
    try await withStore { store in
      var random = SeededGenerator.forThisRun()
      try await store.makeMirror()
      let empty = await store.spread(of: World.gold, .balance, buckets: 3)
      #expect(empty.value == .some(nil))
      let nobody = await store.page(
        of: World.gold, .balance, offset: 0, limit: 9, top: TopShare(hundredths: 10_000))
      #expect(nobody.value?.topMembers == 0 && nobody.value?.rows.isEmpty == true)
      var accounts: [NamedAccount] = []
      for number in 0..<40 {
        var account = World.account("user-\(number)", 0, revision: 1, name: nil)
        account.account.balance = Int64.random(in: 0...7, using: &random)
        accounts.append(account)
        await store.put([account])
        await Self.compare(store, Oracle(accounts, .balance), &random)
      }
    }
  }

  static func compare(
    _ store: BoardStore, _ oracle: Oracle, _ random: inout SeededGenerator
  ) async {
    let board = oracle.board
    let rows = oracle.page(offset: 0, limit: oracle.members.count, statistics: true).rows
    let merits = rows.map { board.order.merit(of: $0.score) }
    for hundredths: Int64 in [1, 500, 2_500, 10_000, .random(in: 1...10_000, using: &random)] {
      let wanted = rows.indices.filter { index in
        let better = merits.count { $0 > merits[index] }
        return better * 10_000 < rows.count * Int(hundredths)
      }
      let offset = Int.random(in: 0...3, using: &random)
      let page = await store.page(
        of: World.gold, board, offset: Int64(offset), limit: 7, top: TopShare(hundredths: hundredths))
      #expect(page.value?.topMembers == Int64(wanted.count), "\(board), \(hundredths)")
      #expect(
        page.value?.rows.map(\.account.account.key.user)
          == wanted.dropFirst(offset).prefix(7).map { rows[$0].account.account.key.user }, "\(board)")
    }
    await compareSpread(store, board, rows.map(\.score), &random)
  }

  private static func compareSpread(
    _ store: BoardStore, _ board: MirrorBoard, _ scores: [Int64], _ random: inout SeededGenerator
  ) async {
    let count = Int.random(in: 1...20, using: &random)
    guard let spread = await store.spread(of: World.gold, board, buckets: count).value else {
      return #expect(scores.isEmpty, "\(board)")
    }
    guard let spread else { return #expect(scores.isEmpty, "\(board)") }
    let sorted = scores.sorted()
    // Scores at the far end of a board that ascends are one to its mirror.
    guard !board.order.isAscending || (sorted.last ?? 0) < 1 << 61 else { return }
    #expect(
      spread.members == Int64(sorted.count) && spread.lowest == sorted.first && spread.highest == sorted.last)
    for percentile in spread.percentiles {
      let wanted = sorted.first { score in
        sorted.count { $0 <= score } * 100 >= percentile.percent * sorted.count
      }
      #expect(percentile.score == wanted, "\(board): \(percentile)")
    }
    #expect(spread.buckets.count <= count && spread.buckets.first?.from == sorted.first)
    #expect(spread.buckets.last?.to == sorted.last)
    for (one, next) in zip(spread.buckets, spread.buckets.dropFirst()) { #expect(one.to + 1 == next.from) }
    for bucket in spread.buckets {
      #expect(bucket.members == Int64(sorted.count { bucket.from...bucket.to ~= $0 }), "\(board): \(bucket)")
    }
  }
}
