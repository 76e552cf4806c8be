// What becomes of callers when a store dies, falls silent or comes back. Every call is answered by its
// deadline, nobody gets another's answer, the loops go on, and nothing has to be restarted by hand.
import Configuration
import EmbeddedServers
import Foundation
import Synchronization
import TestSupport
import Testing

/// What can happen to a store's process.
enum Fault: String, CaseIterable, Sendable {
  case killed, suspended, stopped

  func strike(_ store: Store, _ servers: EmbeddedServers) {
    switch self {
    case .killed: store.kill(servers)
    case .suspended: store.pause(servers)
    case .stopped: store.stop(servers)
    }
  }

  func undo(_ store: Store, _ servers: EmbeddedServers) throws {
    switch self {
    case .killed, .stopped: try store.start(servers)
    case .suspended: store.resume(servers)
    }
  }
}

extension WholeService {
  @Suite struct FaultTests {
    /// From the moment a store serves again to the moment every caller is served again. The longest pause
    /// between two attempts to connect is two seconds; the rest is for a machine that is busy with more than
    /// this.
    private static let recovery = Duration.seconds(10)
    /// What a health check waits for: /ready gives a silent store one second, and the machine may be busy.
    private static let patience = Duration.seconds(8)

    @Test(arguments: Store.allCases, Fault.allCases)
    func `a store that goes away takes only its own callers along, and they return with it`(
      store: Store, fault: Fault
    ) async throws {
      let servers = try Stores.running()
      try await RunningService.on(servers) { service in
        let readiness = try Readiness(port: service.port)
        #expect(try Eventually.holds(within: Self.recovery) { try readiness.isReady() })
        let lag = LagWatch(service.workerLoops)
        let load = Load(on: service.port)
        for question in Question.allCases { #expect(load.goesOn(question, within: .seconds(20))) }

        fault.strike(store, servers)
        #expect(load.isRefused(store.question, within: .seconds(10)))
        for question in Question.allCases where question != store.question {
          #expect(load.goesOn(question, answers: 5, within: .seconds(20)))
        }
        let told = try readiness.ask()
        #expect(told.slowest < Self.patience)
        #expect(told.answers.allSatisfy { $0.status == 503 })
        #expect(try Eventually.holds(within: Self.recovery) { try readiness.blames([store]) })

        try fault.undo(store, servers)
        #expect(load.goesOn(store.question, answers: 5, within: Self.recovery))
        #expect(try Eventually.holds(within: Self.recovery) { try readiness.isReady() })
        expectAllWell(load.stop(), lag.stop())
      }
    }

    @Test func `a store that falls silent is told of within a second, although nobody has noticed yet`()
      async throws
    {
      let servers = try Stores.running()
      try await RunningService.on(servers) { service in
        let readiness = try Readiness(port: service.port)
        #expect(try Eventually.holds(within: Self.recovery) { try readiness.isReady() })
        for store in Store.allCases {
          store.pause(servers)
          defer { store.resume(servers) }
          let told = try readiness.ask()
          #expect(told.answers.allSatisfy { $0.status == 503 && $0.member(store.rawValue) != "ready" })
          #expect(told.answers.allSatisfy { $0.fields["retry-after"] == "1" })
          #expect(told.slowest < Self.patience)
        }
        #expect(try Eventually.holds(within: Self.recovery) { try readiness.isReady() })
      }
    }

    @Test func `connections cut in the middle of replies give nobody another's answer`() async throws {
      let servers = try Stores.running()
      let seed = SeededGenerator.forThisRun().seed
      let postgres = try CuttingProxy(to: servers.postgres.port)
      defer { postgres.close() }
      let redis = try CuttingProxy(to: try #require(servers.redis.port))
      defer { redis.close() }
      let loopback = (
        postgres: try #require(servers.postgres.loopbackURL), redis: try #require(servers.redis.loopbackURL)
      )
      try await RunningService.on(servers) {
        $0.databaseURL = .init(
          loopback.postgres.replacing(":\(postgres.target)/", with: ":\(postgres.port)/"))
        $0.redisURL = .init(loopback.redis.replacing(":\(redis.target)/", with: ":\(redis.port)/"))
      } _: { service in
        let readiness = try Readiness(port: service.port)
        #expect(try Eventually.holds(within: Self.recovery) { try readiness.isReady() })
        let lag = LagWatch(service.workerLoops)
        let load = Load(on: service.port)
        var random = SeededGenerator(seed: seed)
        for _ in 0..<12 {
          for (proxy, question) in [(redis, Question.redis), (postgres, .postgres)] {
            let cuts = proxy.cuts
            proxy.cut(afterReplyBytes: .random(in: 1...200, using: &random))
            #expect(Eventually.holds(within: .seconds(10)) { proxy.cuts > cuts }, "seed \(seed)")
            #expect(load.goesOn(question, answers: 2, within: Self.recovery), "seed \(seed)")
          }
        }
        #expect(try Eventually.holds(within: Self.recovery) { try readiness.isReady() })
        expectAllWell(load.stop(), lag.stop(), "seed \(seed)")
      }
    }

    @Test func `a service that starts without its stores answers at once and becomes ready with them`()
      async throws
    {
      let servers = try Stores.running()
      for store in Store.allCases { store.stop(servers) }
      try await RunningService.on(servers) { service in
        #expect(try Caller(port: service.port).get("/health").status == 200)
        let readiness = try Readiness(port: service.port)
        #expect(try readiness.blames([.postgres, .redis]))
        try Store.redis.start(servers)
        #expect(try Eventually.holds(within: Self.recovery) { try readiness.blames([.postgres]) })
        try Store.postgres.start(servers)
        #expect(try Eventually.holds(within: Self.recovery) { try readiness.isReady() })
        #expect(service.failures.withLock { $0.isEmpty })
      }
    }
  }
}

extension Store {
  /// What needs this store.
  var question: Question {
    switch self {
    case .postgres: .postgres
    case .redis: .redis
    }
  }
}

/// Every call was answered rightly and in time, and no loop stood still.
private func expectAllWell(_ tallies: [Load.Tally], _ lag: LagWatch.Finding, _ comment: Comment? = nil) {
  for tally in tallies {
    #expect(tally.wrong.isEmpty, comment)
    #expect(tally.slowest < tally.question.deadline, "\(tally.question)")
  }
  #expect(lag.ticks > 10)
  // A loop that waited for a store would stand still for the time-out of Redis at the least, which is 250 ms.
  #expect(lag.worst < .milliseconds(200) + lag.machine, comment)
}
