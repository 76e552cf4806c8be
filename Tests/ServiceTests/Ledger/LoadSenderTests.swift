// The sender of load, against the service it is made for: what it counts as answered is in the ledger.
import LoadSender
import Testing

extension WholeService {
  @Suite struct LoadSenderTests {
    @Test(arguments: LoadPlan.Version.allCases)
    func `every award that was counted is in the ledger, at either version`(version: LoadPlan.Version)
      async throws
    {
      let installation = try await Installation.make()
      try await installation.serving { service in
        var plan = LoadPlan(
          port: service.port, key: installation.service, subject: .awards(members: 1))
        plan.version = version
        (plan.connections, plan.streams, plan.seconds, plan.warmUpSeconds) = (4, 8, 1, 0)
        let report = try LoadSender.run(plan)
        #expect(report.isClean, "\(report.json)")
        let caller = try Caller(port: service.port)
        let balance = try caller.ask(
          .get("/points/balance?userId=member-0000000&consistency=ledger", as: installation.service))
        #expect(balance.json["balance"].integer == Int64(10 * report.answered))
      }
    }

    @Test(arguments: LoadPlan.Version.allCases)
    func `a batch is so many awards, and its bodies pass through windows smaller than they are`(
      version: LoadPlan.Version
    ) async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        var plan = LoadPlan(
          port: service.port, key: installation.service, subject: .batches(of: 500, members: 1))
        plan.version = version
        (plan.connections, plan.streams, plan.seconds, plan.warmUpSeconds) = (1, 4, 1, 0)
        let report = try LoadSender.run(plan)
        #expect(report.isClean && report.unitsPerRequest == 500, "\(report.json)")
        let caller = try Caller(port: service.port)
        let balance = try caller.ask(
          .get("/points/balance?userId=member-0000000&consistency=ledger", as: installation.service))
        #expect(balance.json["balance"].integer == Int64(10 * 500 * report.answered))
      }
    }

    @Test(arguments: LoadPlan.Version.allCases)
    func `what the service refuses is counted by its status, and not as answered`(version: LoadPlan.Version)
      async throws
    {
      let installation = try await Installation.make()
      try await installation.serving { service in
        var plan = LoadPlan(port: service.port, key: installation.service, subject: .path("/nowhere"))
        plan.version = version
        (plan.connections, plan.streams, plan.seconds, plan.warmUpSeconds) = (2, 2, 1, 0)
        plan.pace = .steady(perSecond: 100)
        let report = try LoadSender.run(plan)
        #expect(report.refused == [404: 100] && report.answered == 0 && report.unanswered == 0)
      }
    }
  }
}
