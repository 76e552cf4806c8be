// The calls about jobs: what is asked, and what is read from the answer.
import PointsClient
import Testing

struct JobCallsTests {
  private static let job = """
    {"name":"sweep-leases","summary":"Sweeps.","schedule":"10 4 * * *","timeZone":"UTC",\
    "nextRunAt":"2026-01-31T12:00:00Z","overdueSeconds":1.500,"running":true,"requests":3,"requestsServed":2,\
    "lastStartedAt":"2026-01-31T11:00:00Z","progress":{"done":4,"total":null},\
    "lastRun":{"finishedAt":"2026-01-31T10:00:00Z","seconds":0.25,"outcome":null,"counts":{},"error":"no"},\
    "runs":7,"failures":1,"failuresInRow":1,"lostRuns":0}
    """

  @Test func `jobs say when they are due and what came of the last run`() async throws {
    try await withClient(answering: { _ in ScriptedAnswers.json(#"{"jobs":[\#(Self.job)]}"#) }) {
      points, server in
      let job = try #require(try await points.jobs().first)
      #expect(job.schedule == "10 4 * * *" && job.nextRunAt == Timestamp("2026-01-31T12:00:00Z"))
      #expect(job.isRunning && job.overdueSeconds == 1.5 && job.progress?.done == 4)
      #expect(job.progress?.total == nil && job.lastRun?.error == "no" && job.lastRun?.outcome == nil)
      #expect((job.runs, job.failures, job.failuresInRow, job.requestsServed) == (7, 1, 1, 2))
      #expect(server.requests.map(\.target) == ["/points/jobs"])
    }
  }

  @Test func `a run is asked for with or without waiting`() async throws {
    let body = #"{"request":3,"served":false,"job":\#(Self.job)}"#
    try await withClient(answering: { _ in ScriptedAnswers.json(body) }) { points, server in
      let run = try await points.runJob("sweep-leases")
      #expect(run.request == 3 && !run.isServed && run.job.name == "sweep-leases")
      _ = try await points.runJob("sweep-leases", waitingSeconds: 5)
      #expect(
        server.requests.map(\.target) == [
          "/points/jobs/sweep-leases/run", "/points/jobs/sweep-leases/run?wait=5",
        ])
    }
  }
}
