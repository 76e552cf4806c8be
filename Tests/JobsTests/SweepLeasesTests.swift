// Old leases go, but for those that somebody else finds something out by.
import Jobs
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct SweepLeasesTests {
  @Test func `leases that nobody has had for long are removed and others stay`() async throws {
    try await withJobs { jobs in
      try await jobs.database.run(
        "old_leases",
        """
        INSERT INTO leases (name, holder, term, expires_at)
        SELECT name, gen_random_uuid(), 1, clock_timestamp() - make_interval(days => age)
        FROM (VALUES ('job:gone', 31), ('rebuild:1', 45), ('job:recent', 29),
          ('follower:1', 90)) AS old (name, age)
        """)
      let duty = SweepLeases.duty(EverySeconds(3600), sparing: ["follower:"], pool: jobs.pool)
      let outcome = try await duty.runOnce(JobProgress())
      #expect(outcome == JobOutcome("2 leases were removed", counts: [JobCount("removed", 2)]))
      var left: [String] = []
      for beginning in ["job:", "rebuild:", "follower:"] {
        left += try await Lease.abandoned(beginning, for: 0, in: jobs.pool)
      }
      #expect(left == ["job:recent", "follower:1"])
      let again = try await duty.runOnce(JobProgress())
      #expect(!again.didSomething)
    }
  }
}
