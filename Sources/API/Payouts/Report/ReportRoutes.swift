// The report of a payout, and the public key by which it is checked.
import HTTPServer
import JSON
import Ledger
import LedgerStore

enum ReportRoutes {
  static func add(
    to routes: inout GuardedRoutes, desk: PayoutDesk, lookup: PointTypeLookup, key: ReportKey?
  ) {
    routes.on(
      .get, PayoutRoutes.path + "/{id}/report", for: .service, produces: ["text/csv", "application/json"],
      handler: report(desk, lookup, key))
    routes.on(.get, "/points/report-key", for: .service, handler: publicKey(key))
  }

  private static func report(
    _ desk: PayoutDesk, _ lookup: PointTypeLookup, _ key: ReportKey?
  ) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let format = try query.optionalWord("format", of: ["csv", "json"])
      try query.finish()
      let isTable = format.map { $0 == "csv" } ?? exchange.prefers("text/csv")
      let key = try present(key)
      let distribution = try await desk.find(try exchange.path("id"))
      let report = try await PayoutReport(of: distribution, desk, lookup, signedBy: key)
      return isTable ? report.response(as: ReportTable()) : report.response(as: ReportDocument())
    }
  }

  private static func publicKey(_ key: ReportKey?) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      let key = try present(key).publicKey
      var json = JSONWriter()
      json.object {
        $0.field("algorithm", "Ed25519" as StaticString)
        $0.field("keyId", key.id)
        $0.field("publicKey", key.text)
        $0.field("pem", key.pem)
      }
      return .json(json.finish())
    }
  }

  private static func present(_ key: ReportKey?) throws(Problem) -> ReportKey {
    guard let key else {
      throw Problem(
        .reportKeyMissing,
        "The service has no key to sign reports with: POINTS_REPORT_KEY is not set, and none goes unsigned.")
    }
    return key
  }
}
