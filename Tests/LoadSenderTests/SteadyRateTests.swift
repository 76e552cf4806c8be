// At a steady rate a stall of the service is charged to all that were due meanwhile. A sender that waits for
// an answer before it thinks of the next request would see one slow request in a thousand, and call it rare.
import Testing

@testable import LoadSender

@Suite struct SteadyRateTests {
  private static func plan(port: UInt16) -> LoadPlan {
    var plan = LoadPlan(port: port, key: "none", subject: .path("/"))
    (plan.connections, plan.seconds, plan.warmUpSeconds) = (1, 1, 0)
    return plan
  }

  @Test func `a stall is charged to every request that was due while it lasted`() throws {
    let server = try StallingServer(before: 300)
    var plan = Self.plan(port: server.port)
    plan.pace = .steady(perSecond: 1_000)
    let report = try LoadSender.run(plan)
    #expect(report.answered == 1_000 && report.isClean)
    // 300 of 1,000 were due during the 300 ms; those of the first 200 ms waited 100 ms at the least.
    #expect(report.latencies.quantile(0.82) >= .milliseconds(100))
    #expect(report.latencies.greatest >= StallingServer.stall)
  }

  @Test func `as fast as it answers, the same stall is one slow request`() throws {
    let server = try StallingServer(before: 300)
    var plan = Self.plan(port: server.port)
    plan.seconds = 5
    let report = try LoadSender.run(plan)
    #expect(report.answered > 300 && report.isClean)
    #expect(report.latencies.quantile(0.99) < .milliseconds(100))
    #expect(report.latencies.greatest >= StallingServer.stall)
  }
}
