// Ties share a rank and the next rank skips.
import Boards
import TestSupport
import Testing

@Suite struct CompetitionRanksTests {
  @Test func `ties share a rank and the next one skips`() {
    #expect(CompetitionRanks.ofPage([9, 7, 7, 1], offset: 0, better: 0) == [1, 2, 2, 4])
    #expect(CompetitionRanks.ofPage([7, 1], offset: 2, better: 1) == [2, 4])
    #expect(CompetitionRanks.ofPage([], offset: 5, better: 0) == [])
  }

  @Test func `pages of any size agree with counting who is better`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<200 {
      let all = (0..<Int.random(in: 1...60, using: &random))
        .map { _ in Int64.random(in: 0...9, using: &random) }.sorted(by: >)
      let offset = Int.random(in: 0..<all.count, using: &random)
      let page = Array(all[offset...].prefix(Int.random(in: 1...20, using: &random)))
      let better = all.count { $0 > page[0] }
      let ranks = CompetitionRanks.ofPage(page, offset: Int64(offset), better: Int64(better))
      #expect(ranks == page.map { value in Int64(all.count { $0 > value } + 1) })
    }
  }

  @Test func `ranks among a list keep its order and leave out who has no value`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<200 {
      let values = (0..<Int.random(in: 0...30, using: &random))
        .map { _ in Bool.random(using: &random) ? Int64.random(in: -3...3, using: &random) : nil }
      let expected = values.map { value in
        value.map { value in Int64(values.count { ($0 ?? .min) > value } + 1) }
      }
      #expect(CompetitionRanks.among(values) == expected)
    }
  }
}
