// Seasons end while nobody is there to close them. Whoever comes makes up for all of it, in order, and each
// season has what counts in it by the instants of its transactions, although others post all the while.
import TestSupport
import Testing

extension WholeService {
  @Suite struct MissedBoundaryTests {
    /// Who posts while nobody closes, and who is not even there to post.
    enum Downtime: CaseIterable, Sendable {
      case ofJobs, ofEverything
    }

    @Test func `three boundaries that were missed are made up for in order, each with its own cut`()
      async throws
    {
      let outcomes = try await Lanes.run(Downtime.allCases.count) { lane, installation in
        try Self.sleep(over: Downtime.allCases[lane], installation)
      }
      for outcome in outcomes { #expect(outcome.faults == []) }
      // What is posted while nobody closes counts in each season, and something late in each with grace.
      let counts = outcomes[0].counts
      #expect(counts.count == 2)
      for count in counts { #expect(count.split(separator: ", ").count == 4, "\(count)") }
      let late = counts[1].split(separator: ", ").map { $0.split(separator: " ").last ?? "" }
      #expect(late.count { $0 != "0" } >= 3, "\(counts)")
    }

    private static func sleep(
      over downtime: Downtime, _ installation: Installation
    ) throws -> (faults: [String], counts: [String]) {
      let jobless = ["POINTS_JOBS": "close-periods=off"]
      let first = try SteppedService(on: installation, downtime == .ofJobs ? jobless : [:])
      let seasons = try Seasons(installation, through: first.port)
      let trickle = Trickle(installation, through: first.port, body: Seasons.award)
      defer { trickle.stop() }
      if downtime == .ofEverything {
        let isUnderWay = Eventually.holds(within: .seconds(10)) { trickle.count >= 3 }
        first.process.kill()
        guard isUnderWay else { return (["nothing is posted"], []) }
      }
      guard try seasons.waitForEnd(of: "three") else { return (["it never ends"], []) }
      let before = try seasons.boards.map { try seasons.states(of: $0) }
      var faults = before.filter { $0 != "open open open open" }
      let second = try SteppedService(on: installation)
      trickle.turn(to: second.port)
      faults += try seasons.boards.flatMap { try seasons.faults(of: $0) }
      let isGoingOn = Eventually.holds(within: .seconds(30)) { [count = trickle.count] in
        trickle.count > count + 20
      }
      if !isGoingOn { faults.append("nothing is posted any more") }
      // What was posted since then changed nothing of what is stored.
      faults += try seasons.boards.flatMap { try seasons.faults(of: $0) }
      return (faults, try seasons.boards.map { try seasons.league.countsOfTransactions(on: $0) })
    }
  }
}
