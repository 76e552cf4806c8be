// Corrections: whatever was given before, with them it is what a clean run gives.
import Boards
import Ledger
import TestSupport
import Testing

@testable import Rewards

struct RewardCorrectionTests {
  private static let types = (1...2).map { PointTypeID(UUIDBits(high: 9, low: UInt64($0))) }

  @Test func `the net of all revisions is a clean run`() {
    var random = SeededGenerator.forThisRun()
    for _ in 0..<300 {
      var given: [UserID: RewardSums] = [:]
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let wanted = Self.sums(&random)
        let correction = RewardCorrection(from: given, to: wanted)
        #expect(correction.topUps.count + correction.clawBacks.count == correction.lines.count)
        for line in correction.lines {
          given[line.user, default: RewardSums()].add(line.amount, of: line.pointType)
        }
        given = given.filter { !$0.value.isEmpty }
        #expect(given == wanted)
        #expect(RewardCorrection(from: given, to: wanted).lines.isEmpty)
      }
    }
  }

  private static func sums(_ random: inout SeededGenerator) -> [UserID: RewardSums] {
    var result: [UserID: RewardSums] = [:]
    for index in 0..<8 where Bool.random(using: &random) {
      var sums = RewardSums()
      for type in types { sums.add(Int128(Int.random(in: 0...3, using: &random)), of: type) }
      if !sums.isEmpty { result[Ranking.user(index)] = sums }
    }
    return result
  }
}
