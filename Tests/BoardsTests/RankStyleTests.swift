// Ranks by style, and what is compared where the lowest score is the best.
import Boards
import Ledger
import Testing

@Suite struct RankStyleTests {
  @Test(arguments: [
    (RankStyle.competition, [4, 5, 5, 7, 8]), (.dense, [4, 5, 5, 6, 7]), (.ordinal, [4, 5, 6, 7, 8]),
  ])
  func `a page is numbered from what is before it`(style: RankStyle, ranks: [Int64]) {
    #expect(style.ranks(ofPage: [9, 8, 8, 7, 1], offset: 3, before: 3) == ranks)
    #expect(style.ranks(ofPage: [], offset: 3, before: 3) == [])
  }

  @Test func `competition ranks skip to the place in the order`() {
    #expect(RankStyle.competition.ranks(ofPage: [5, 5, 4], offset: 10, before: 6) == [7, 7, 13])
    #expect(RankStyle.dense.ranks(ofPage: [5, 5, 4], offset: 10, before: 6) == [7, 7, 8])
  }

  @Test func `ranks among some leave out who has none`() {
    let merits: [Int64?] = [3, nil, 9, 3, 1]
    func ranks(_ style: RankStyle) -> [Int64?] { style.ranks(among: merits) { $0 > $1 } }
    #expect(ranks(.competition) == [2, nil, 1, 2, 4])
    #expect(ranks(.dense) == [2, nil, 1, 2, 3])
    #expect(ranks(.ordinal) == [3, nil, 1, 2, 4])
  }

  @Test func `the lowest score is the best where a board ascends`() {
    let order = BoardOrder(isAscending: true)
    let scores: [Int64] = [.min, ScoreEncoding.lowestValue, -1, 0, 1, 1 << 61, -ScoreEncoding.lowestValue]
    let merits = scores.map(order.merit)
    #expect(zip(merits, merits.dropFirst()).allSatisfy { $0 > $1 })
    #expect(order.merit(of: .max) == ScoreEncoding.lowestValue)
    #expect(order.missing(from: 9, to: 4) == 5 && order.missing(from: 4, to: 9) == nil)
    #expect(order.missing(from: .max, to: .min) == .max)
    #expect(BoardOrder().missing(from: .min, to: .max) == .max)
    #expect(BoardOrder().merit(of: .min) == ScoreEncoding.lowestValue)
  }

  @Test func `conditions say who is listed`() {
    let slot = BoardSlot(
      key: SlotKey(board: 1, period: 1), score: 5, reachedAt: Instant(microseconds: 1), count: 2)
    func admits(_ eligibility: Eligibility, isEnabled: Bool = true) -> Bool {
      eligibility.admits(slot, isEnabled: isEnabled)
    }
    #expect(admits(Eligibility()) && admits(Eligibility(), isEnabled: false))
    #expect(admits(Eligibility(minScore: 5, minCount: 2)))
    #expect(!admits(Eligibility(minScore: 6)) && !admits(Eligibility(minCount: 3)))
    #expect(admits(Eligibility(enabledOnly: true)))
    #expect(!admits(Eligibility(enabledOnly: true), isEnabled: false))
  }
}
