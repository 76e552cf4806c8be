// /metrics, in the text format of Prometheus. It tells much about a service, so by default only callers on
// this machine are answered.
package import HTTPServer

/// Who may read the metrics.
package enum MetricsAudience: Sendable {
  case thisMachine, anyone, nobody
}

package enum MetricsRoutes {
  package typealias Gather = @Sendable () async -> ProcessReport

  /// To be added last: the page names the routes that are there by then.
  package static func add(
    to router: inout Router<Endpoint>, audience: MetricsAudience, gather: @escaping Gather
  ) {
    if case .nobody = audience { return }
    let routes = router.routes.map { "\($0.method.name) \($0.pattern)" } + ["GET /metrics", "none"]
    router.on(
      .get, "/metrics",
      Endpoint(produces: "text/plain") { exchange throws(Problem) in
        if case .thisMachine = audience, !exchange.isFromThisMachine {
          throw Problem(.forbidden, "The metrics are only shown to callers on the same machine.")
        }
        let page = MetricsPage(process: await gather(), routes: routes)
        return HTTPResponse(.ok, contentType: "text/plain; version=0.0.4", body: .bytes(page.encoded()))
      })
  }
}
