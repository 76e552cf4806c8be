// Random boards, rules, terms and revisions, paid by way of the API: each line is what a model of its own
// says, and whatever was spent, refused or tried again in between, the net of all revisions is what a clean
// run would have given.
import TestSupport
import Testing

@Suite(.serialized) struct PayoutPropertyTests {
  private static let lanes = 4

  @Test func `every line is what the rules say, and the net of all revisions that of a clean run`()
    async throws
  {
    let generators = TestRounds.generators(48)
    var seen: [String: Int] = [:]
    try await withThrowingTaskGroup(of: [String: Int].self) { group in
      for lane in 0..<Self.lanes {
        let own = generators.enumerated().filter { $0.offset % Self.lanes == lane }
          .map { (name: "w\($0.offset)", random: $0.element) }
        group.addTask { try await Self.seen(own) }
      }
      for try await counts in group { seen.merge(counts) { $0 + $1 } }
    }
    print("payouts of random worlds: \(seen.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" })")
    guard generators.count >= 40 else { return }
    for what in Self.matters { #expect(seen[what] ?? 0 > 0, "\(what) never happened") }
  }

  /// What would make it a weak test if it never happened; each does in one of five worlds.
  private static let matters = [
    "payout", "correction", "above a budget", "nothing to pay", "approved", "tried again", "spent",
    "refused user_disabled", "conserved",
  ]

  private static func seen(_ worlds: [(name: String, random: SeededGenerator)]) async throws -> [String: Int]
  {
    let seen = Seen()
    try await ReadRoutesUnderTest.running { worker in
      for (name, generator) in worlds {
        let round = PayoutRound(worker, name, generator)
        do {
          try await play(round)
        } catch {
          round.expect(false, "\(error)")
        }
        #expect(
          round.faults.isEmpty,
          """
          \(round.faults.prefix(5).joined(separator: "\n"))
          POINTS_TEST_SEED=\(generator.seed) POINTS_TEST_ROUNDS=1, in the world
          \(round.story.joined(separator: "\n"))
          """)
        seen.counts.merge(round.seen) { $0 + $1 }
      }
    }
    return seen.counts
  }

  private static func play(_ round: PayoutRound) async throws {
    try await round.make()
    let revisions = round.number(1...4)
    for revision in 0...revisions {
      if revision > 0 {
        try await round.spend()
        guard try await round.revise() else { break }
      }
      // Not each revision is paid for; the next one makes up for it.
      if revision < revisions, round.happens(15) { continue }
      try await round.payOut()
      if round.happens(30) { try await round.changeRules() }
      guard round.faults.isEmpty else { return }
    }
    try await round.checkNet()
  }

  /// Of one loop.
  private final class Seen: @unchecked Sendable {
    var counts: [String: Int] = [:]
  }
}
