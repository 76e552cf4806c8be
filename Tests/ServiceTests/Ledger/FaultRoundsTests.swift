// Anything may die at any moment: services, Redis (with what it had not yet written), Postgres. Round after
// round two processes post while something is struck; afterwards every acknowledged posting is there once,
// every other once or not at all until asking again with its key settles it, nothing was shown that is not
// so, and the boards equal the ledger. POINTS_FAULT_ROUNDS says how many rounds, POINTS_TEST_SEED which.
import EmbeddedServers
import Foundation
import TestSupport
import Testing

extension WholeService {
  @Suite struct FaultRoundsTests {
    private static let rounds =
      ProcessInfo.processInfo.environment["POINTS_FAULT_ROUNDS"].flatMap(Int.init) ?? 20

    @Test func `whatever is struck, nothing is lost, nothing doubled, and the boards heal`() async throws {
      var random = SeededGenerator.forThisRun("fault rounds")
      let installation = try await Installation.make()
      let services = try ServicePair(on: installation, ServicePair.impatient)
      try installation.waitUntilMirrored(services.ports)
      var world = FaultWorld()
      var late = 0
      for round in 1...Self.rounds {
        let blow = Blow.random(among: 2, using: &random)
        let delay = UInt32.random(in: 0...300_000, using: &random)
        let load = PostingLoad(
          on: services.ports, key: installation.service, connections: 12, label: "round-\(round)")
        let begins = load.goesOn(by: 50, within: Ordeal.recovery)
        usleep(delay)
        try blow.strike(services, installation.servers)
        let returns = load.goesOn(by: 50, within: Ordeal.recovery)
        let record = load.stop()
        #expect(begins && returns, "round \(round), \(blow): nobody is served")
        #expect(record.wrong == [], "round \(round), \(blow)")
        let faults = try world.settle(record, installation, services.ports[round % 2])
        #expect(faults == [], "round \(round), \(blow)")
        let begin = ContinuousClock.now
        let heals = try world.boardsAreEqual(installation, services.ports, within: Ordeal.healing)
        #expect(heals, "round \(round), \(blow): the boards are not what the ledger says")
        if !heals { print(try world.differences(installation, services)) }
        if ContinuousClock.now - begin > Ordeal.promised { late += 1 }
        guard begins, returns, record.wrong.isEmpty, faults.isEmpty, heals else { return }
      }
      #expect(late <= Self.rounds / 4, "what is promised is kept but where the machine stands still")
    }
  }
}
