// The verifier of a running service: what it finds is put right, and stands in the log and on the page of
// metrics in the words that docs/operations.md tells people to look for.
import EmbeddedServers
import TestSupport
import Testing

extension WholeService {
  @Suite struct BackgroundVerifierTests {
    @Test func `what drifts is repaired, logged and counted, and much of it alerts`() async throws {
      let installation = try await Installation.make()
      let process = try ServiceProcess(on: installation)
      try installation.waitUntilMirrored([process.port])
      let load = PostingLoad(on: [process.port], key: installation.service)
      #expect(load.goesOn(by: 300, within: .seconds(20)))
      let record = load.stop()
      var balances: [String: Int64] = [:]
      for award in record.awards { balances[award.user, default: 0] += award.amount }
      let caller = try Caller(port: process.port)
      let before = try PrometheusPage(try caller.get("/metrics").body)
      #expect(before.sum("points_verify_drift_total") == 0 && before.sum("points_verify_alert") == 0)

      // A score for everybody that nobody has.
      try StoreConsole(installation.servers.redis).run(
        """
        EVAL "local k = redis.call('KEYS', 'points:*:balance')[1] \
        for _, m in ipairs(redis.call('ZRANGE', k, 0, -1)) do redis.call('ZADD', k, 1, m) end return 1" 0
        """)
      let users = Double(PostingLoad.users.count)
      var page = before
      let isAlarming = try Eventually.holds(within: .seconds(30)) {
        page = try PrometheusPage(try caller.get("/metrics").body)
        return page.sum("points_verify_alert") == 1
      }
      #expect(isAlarming)
      #expect(page.sum("points_verify_drift_total", ["kind": "misscored"]) == users)
      #expect(page.sum("points_verify_drift_total") == users)
      #expect(page.sum("points_verify_repaired_total") == users)
      #expect(page.sum("points_verify_drift_ratio", ["type": "points"]) > 0.01)
      #expect(page.sum("points_verify_sums_total") >= 1 && page.sum("points_verify_failures_total") == 0)
      let audit = try LedgerAudit(port: process.port, key: installation.service)
      #expect(try audit.boardsShow(balances))

      let lines = process.log.split(separator: "\n")
      let drift = lines.filter { $0.contains(#""verify":"drift","pointType":"points","kind":"misscored""#) }
      #expect(drift.count == PostingLoad.users.count)
      #expect(
        drift.allSatisfy {
          $0.hasPrefix(#"{"time":""#) && !$0.contains(#""level""#)
            && $0.contains(#""board":"balance""#) && $0.hasSuffix(#","repaired":true}"#)
        }, "\(drift.first ?? "")")
      let alert = lines.filter {
        $0.contains(#""level":"error","verify":"alert","pointType":"points","ratio":"#)
      }
      #expect(alert.count == 1)
    }
  }
}
