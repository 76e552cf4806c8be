// /metrics: a page that every scraper can read, whose numbers move, and that is not for everybody.
import Configuration
import EmbeddedServers
import EventLoop
import TestSupport
import Testing

@testable import API
@testable import HTTPServer

extension WholeService {
  @Suite struct MetricsTests {
    /// In which the page shows what became of a store, also on a busy machine.
    private static let noticing = Duration.seconds(20)

    @Test func `the page is valid and counts what was done`() async throws {
      try await RunningService.on(try Stores.running()) {
        $0.redisTimeout = .seconds(10)
        $0.databaseTimeout = .seconds(10)
      } _: { service in
        #expect(try Eventually.holds(within: Self.noticing) { try Readiness(port: service.port).isReady() })
        let caller = try Caller(port: service.port)
        let before = try page(caller)
        for number in 0..<7 {
          #expect(try caller.get("/health").status == 200)
          #expect(try caller.get("/bench/redis/\(number)").body == "\(number)")
          #expect(try caller.get("/bench/postgres/\(number)").body == "\(number)")
          #expect(try caller.get("/nowhere/\(number)").status == 404)
        }
        let after = try page(caller)
        func grown(_ name: String, _ labels: [String: String] = [:]) -> Double {
          after.sum(name, labels) - before.sum(name, labels)
        }
        #expect(grown("points_http_requests_total", ["route": "GET /health", "status": "2xx"]) == 7)
        #expect(grown("points_http_requests_total", ["route": "GET /bench/redis/{word}"]) == 7)
        #expect(grown("points_http_requests_total", ["route": "none", "status": "4xx"]) == 7)
        #expect(grown("points_http_requests_total", ["route": "GET /metrics"]) == 1)
        #expect(grown("points_http_request_duration_seconds_count", ["route": "GET /health"]) == 7)
        // The service's own duties ask the stores too.
        #expect(grown("points_redis_commands_total") >= 7)
        #expect(grown("points_redis_round_trips_total") >= 7)
        #expect(grown("points_postgres_statements_total") >= 7)
        #expect(grown("points_postgres_round_trips_total") >= 7)
        #expect(grown("points_loop_turns_total") > 0)
        #expect(grown("points_loop_busy_seconds_total") > 0)
        #expect(after.sum("points_redis_up") == 2)
        #expect(after.sum("points_postgres_sessions") >= 2)
        #expect(after.sum("points_http_connections") >= 1)
        #expect(Set(after.series.compactMap { $0.labels["worker"] }) == ["worker-0", "worker-1"])
      }
    }

    @Test func `a store that is down is seen in the page, which is answered all the same`() async throws {
      let servers = try Stores.running()
      try await RunningService.on(servers) { service in
        let caller = try Caller(port: service.port)
        #expect(try Eventually.holds(within: Self.noticing) { try page(caller).sum("points_redis_up") == 2 })
        Store.redis.kill(servers)
        #expect(try Eventually.holds(within: Self.noticing) { try page(caller).sum("points_redis_up") == 0 })
        #expect(try caller.get("/bench/redis").status == 503)
        #expect(try page(caller).sum("points_redis_refusals_total") >= 1)
        try Store.redis.start(servers)
        #expect(try Eventually.holds(within: Self.noticing) { try page(caller).sum("points_redis_up") == 2 })
        #expect(try page(caller).sum("points_redis_connections_total") == 4)
      }
    }

    @Test func `the page is not there when it is off`() async throws {
      try await RunningService.on(try Stores.running()) {
        $0.metrics = .off
      } _: { service in
        let answer = try Caller(port: service.port).get("/metrics")
        #expect(answer.status == 404 && answer.member("code") == "not_found")
      }
    }

    @Test(arguments: [
      (MetricsAudience.thisMachine, "from here", "ok"), (.thisMachine, "from elsewhere", "forbidden"),
      (.thisMachine, "through a proxy here", "forbidden"), (.anyone, "from elsewhere", "ok"),
      (.anyone, "through a proxy here", "ok"),
    ])
    func `only callers on the same machine are shown the page, unless told otherwise`(
      audience: MetricsAudience, caller: String, outcome: String
    ) async throws {
      var router = Router<Endpoint>()
      MetricsRoutes.add(to: &router, audience: audience) {
        ProcessReport(workers: [], refusedConnections: 0, droppedLogLines: 0)
      }
      #expect(await ask(router, caller) == outcome)
    }

    private func page(_ caller: Caller) throws -> PrometheusPage {
      let answer = try caller.get("/metrics")
      #expect(answer.status == 200 && answer.fields["content-type"] == "text/plain; version=0.0.4")
      return try PrometheusPage(answer.body)
    }

    /// The name of the problem that a caller at such a place gets, or "ok".
    private func ask(_ router: Router<Endpoint>, _ caller: String) async -> String {
      var parser = RequestParser()
      var offset = 0
      let forwarded = caller == "through a proxy here" ? "X-Forwarded-For: 192.0.2.1\r\n" : ""
      let bytes = Array("GET /metrics HTTP/1.1\r\nHost: h\r\n\(forwarded)\r\n".utf8)
      guard case .head(let request) = parser.consume(bytes.span, from: &offset),
        case .found(let endpoint, let route, _) = router.match(request)
      else { return "no route" }
      guard case .waiting(let handle) = endpoint.handler else { return "no handler that waits" }
      let exchange = HTTPExchange(
        request: request, match: RoutedRequest(plan: .handle(endpoint), route: route),
        peer: PeerAddress(host: "192.0.2.1", isLoopback: caller != "from elsewhere"),
        requestID: .made(worker: 0, number: 0),
        begin: .system)
      do throws(Problem) {
        let response = try await handle(exchange)
        return response.status == .ok ? "ok" : "\(response.status)"
      } catch {
        return "\(error.code.name)"
      }
    }
  }
}
