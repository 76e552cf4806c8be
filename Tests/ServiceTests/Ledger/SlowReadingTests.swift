// One statement that takes long, among those that callers read with: it keeps other readings waiting, but not
// what the service itself has to know in time.
import Configuration
import EventLoop
import Foundation
import PostgresClient
import Synchronization
import TestSupport
import Testing

@testable import Service

extension WholeService {
  @Suite struct SlowReadingTests {
    @Test func `a slow reading keeps neither a key nor a posting nor the follower waiting`() async throws {
      let installation = try await Installation.make()
      try await installation.serving {
        $0.workers = 1
        $0.databaseTimeout = .seconds(30)
      } _: { service in
        let worker = try #require(service.service?.crew.workers.first)
        let readiness = try Caller(port: service.port)
        #expect(try Eventually.holds(within: .seconds(20)) { try readiness.get("/ready").status == 200 })
        let head = try Self.head(readiness)
        let isOver = Flag()
        worker.loop.post {
          worker.loop.spawn {
            _ = try? await worker.postgres.query(SlowReading(seconds: 12))
            isOver.raise()
          }
        }
        // Behind the slow one; it shows that readings do wait.
        let behind = try Caller(port: service.port)
        let reading = Call.get("/points/balance?userId=ada&consistency=ledger", as: installation.admin)
        try behind.send(reading.bytes)

        // These keys were never presented before, so each has to be looked up.
        let caller = try Caller(port: service.port)
        let balance = try caller.ask(.get("/points/balance?userId=ada", as: installation.other))
        #expect(balance.status == 200 && balance.json["source"].text == "redis")
        let award = Call.post("/points/award", #"{"userId":"ada","amount":3}"#, as: installation.service)
        #expect(try caller.ask(award).json["projected"].isTrue)
        #expect(try Eventually.holds(within: .seconds(5)) { try caller.get("/ready").status == 200 })
        #expect(try Eventually.holds(within: .seconds(9)) { try Self.head(caller) > head })
        #expect(!isOver.isRaised, "the slow reading was over too early to tell anything")

        #expect(try behind.answer().status == 200)
        #expect(Eventually.holds(within: .seconds(5)) { isOver.isRaised }, "the reading did not wait")
      }
    }

    /// How far the follower has numbered the ledger.
    private static func head(_ caller: Caller) throws -> Double {
      try PrometheusPage(try caller.get("/metrics").body).sum("points_mirror_head_position")
    }
  }
}

private final class Flag: Sendable {
  private let value = Atomic(false)

  var isRaised: Bool { value.load(ordering: .acquiring) }

  func raise() { value.store(true, ordering: .releasing) }
}

private struct SlowReading: PostgresStatement {
  static let sql = PostgresSQL("slow_reading", Array("SELECT pg_sleep($1::float8)".utf8))

  let seconds: Double

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(seconds)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) {}
}
