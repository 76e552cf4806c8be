// What the page of metrics tells of payouts: what was planned and paid, and what is not at its end.
import TestSupport
import Testing

extension WholeService {
  @Suite struct PayoutMetricsTests {
    @Test func `payouts are counted, and those that wait are seen`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        var samples = PayoutSamples(caller, admin: installation.admin, payer: installation.payouts)
        // One that is paid but for a line, and one that waits for an admin.
        _ = try samples.call("GET /points/distributions/{id}", as: installation.admin)
        let approval = try samples.call(
          "POST /points/distributions/{id}/approve", as: installation.admin)
        func page() throws -> PrometheusPage { try PrometheusPage(try caller.get("/metrics").body) }
        let isSeen = try Eventually.holds(within: .seconds(15)) {
          let page = try page()
          return page.sum("points_payouts_open", ["phase": "waiting"]) == 1
            && page.sum("points_payouts_open", ["phase": "paying"]) == 0
            && page.sum("points_payouts_idle_seconds", ["phase": "waiting"]) > 0
        }
        #expect(isSeen)
        let counted = try page()
        #expect(counted.sum("points_payouts_planned_total") == 2)
        #expect(counted.sum("points_payout_lines_credited_total") == 1)
        #expect(counted.sum("points_payout_lines_refused_total") == 1)
        #expect(counted.sum("points_payouts_failed_total") == 0)
        #expect(try caller.ask(approval.call).status == 200)
        let isPaid = try Eventually.holds(within: .seconds(15)) {
          let page = try page()
          return page.sum("points_payout_lines_credited_total") == 3
            && page.sum("points_payouts_open", ["phase": "waiting"]) == 0
            && page.sum("points_payouts_idle_seconds", ["phase": "waiting"]) == 0
        }
        #expect(isPaid)
      }
    }
  }
}
