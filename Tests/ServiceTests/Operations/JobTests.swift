// Jobs of a running service: listed, run when they are asked for, and counted.
import Configuration
import TestSupport
import Testing

extension WholeService {
  @Suite struct JobTests {
    @Test func `a job is listed, run on request and its outcome shown by every worker`() async throws {
      let installation = try await Installation.make()
      let database = try #require(installation.database)
      try await database.run(
        "old_lease",
        """
        INSERT INTO leases (name, holder, term, expires_at)
        VALUES ('rebuild:0', gen_random_uuid(), 1, clock_timestamp() - interval '31 days')
        """)
      try await installation.serving {
        $0.jobsTimeZone = "Europe/Berlin"
        $0.jobs = [JobSetting("sweep-leases", "30 3 * * 1")]
      } _: { service in
        let caller = try Caller(port: service.port)
        let listed = try caller.ask(.get("/points/jobs", as: installation.admin))
        #expect(listed.status == 200)
        #expect(listed.body.contains(#""name":"sweep-leases""#) && listed.body.contains("30 3 * * 1"))
        #expect(
          listed.body.contains(#""timeZone":"Europe/Berlin""#) && listed.body.contains(#""lastRun":null"#))

        let run = try caller.ask(.post("/points/jobs/sweep-leases/run?wait=20", nil, as: installation.admin))
        #expect(run.status == 200 && run.body.hasPrefix(#"{"request":1,"served":true,"#))
        #expect(run.body.contains(#""outcome":"1 lease was removed","counts":{"removed":1},"error":null"#))

        let job = try Caller(port: service.port).ask(
          .get("/points/jobs/sweep-leases", as: installation.admin))
        #expect(job.json["runs"].integer == 1 && job.json["failures"].integer == 0)
        #expect(job.json["requestsServed"].integer == 1 && job.json["nextRunAt"].text != nil)

        let isCounted = try Eventually.holds(within: .seconds(10)) {
          try PrometheusPage(try caller.get("/metrics").body)
            .sum("points_job_runs_total", ["job": "sweep-leases"]) == 1
        }
        #expect(isCounted)
      }
    }

    @Test func `a request that does not wait is answered at once with where to look`() async throws {
      let installation = try await Installation.make()
      try await installation.serving { service in
        let caller = try Caller(port: service.port)
        let run = try caller.ask(.post("/points/jobs/sweep-leases/run", nil, as: installation.admin))
        #expect(run.status == 202 && run.json["request"].integer == 1)
        let isServed = try Eventually.holds(within: .seconds(10)) {
          try caller.ask(.get("/points/jobs/sweep-leases", as: installation.admin))
            .json["requestsServed"].integer == 1
        }
        #expect(isServed)
        let unknown = try caller.ask(.post("/points/jobs/sweep/run", nil, as: installation.admin))
        #expect(unknown.status == 404 && unknown.code == "not_found")
        let tooLong = try caller.ask(
          .post("/points/jobs/sweep-leases/run?wait=31", nil, as: installation.admin))
        #expect(tooLong.status == 400 && tooLong.code == "validation_failed")
      }
    }
  }
}
