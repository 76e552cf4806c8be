// The routes that every instance has.
import Configuration
import EmbeddedServers
import Service
import TestSupport
import Testing

@testable import API

extension WholeService {
  @Suite struct RoutesTests {
    @Test func `health, version and readiness answer in JSON`() async throws {
      try await RunningService.on(try Stores.running()) { service in
        let caller = try Caller(port: service.port)
        let health = try caller.get("/health")
        #expect(health.status == 200 && health.body == #"{"status":"ok"}"#)
        let version = try caller.get("/version")
        #expect(version.member("name") == "points")
        #expect(version.member("version") == Release.current.version)
        var ready = Answer()
        let isReady = try Eventually.holds(within: .seconds(20)) {
          ready = try caller.get("/ready")
          return ready.status == 200
        }
        #expect(isReady)
        #expect(["status", "postgres", "ledger", "redis"].allSatisfy { ready.member($0) == "ready" })
        for answer in [health, version, ready] {
          #expect(answer.fields["content-type"] == "application/json")
        }
      }
    }

    @Test func `a service that could change what was posted is not ready`() async throws {
      let database = try await LedgerDatabase.make()
      let url = try database.url
      let servers = try Stores.running()
      try await RunningService.on(servers) {
        $0.databaseURL = Secret(url)
      } _: { service in
        let caller = try Caller(port: service.port)
        #expect(try Eventually.holds(within: .seconds(20)) { try caller.get("/ready").status == 200 })
      }
      try await database.run("grant", "GRANT DELETE ON transactions TO PUBLIC")
      try await RunningService.on(servers) {
        $0.databaseURL = Secret(url)
      } _: { service in
        let caller = try Caller(port: service.port)
        var ledger: String?
        #expect(
          try Eventually.holds(within: .seconds(20)) {
            let answer = try caller.get("/ready")
            ledger = answer.member("ledger")
            return answer.status == 503 && ledger?.contains("could change transactions") == true
          }, "\(ledger ?? "no answer")")
      }
    }

    @Test func `the routes of the benchmarks are there only when asked for`() async throws {
      try await RunningService.on(try Stores.running()) {
        $0.benchEndpoints = false
      } _: { service in
        let caller = try Caller(port: service.port)
        for target in ["/bench/redis", "/bench/redis/a", "/bench/postgres", "/bench/postgres/a"] {
          #expect(try caller.get(target).status == 404)
        }
      }
    }

    @Test func `a port that is taken is an error that names the address`() async throws {
      let servers = try Stores.running()
      let taken = try CuttingProxy(to: 1)
      defer { taken.close() }
      let error = await #expect(throws: ServiceError.self) {
        try await RunningService.on(servers) {
          $0.listen = ListenAddress(host: "127.0.0.1", port: taken.port)
        } _: { _ in
        }
      }
      #expect(error.map { "\($0)" }?.contains("127.0.0.1:\(taken.port)") == true)
    }
  }
}
