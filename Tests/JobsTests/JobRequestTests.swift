// Runs that somebody asks for, runs that fail, and schedules that change.
import EventLoop
import Jobs
import Ledger
import LedgerStore
import TestSupport
import Testing

@Suite struct JobRequestTests {
  @Test func `a run is asked for at one process and done by another`() async throws {
    let database = try await LedgerDatabase.make()
    try await withJobs(in: database) { jobs in
      let runner = jobs.runner(work { _ in JobOutcome("done") })
      try await runner.runOnce()
      // The one that is asked runs nothing.
      try await withJobs(in: database) { asked in
        let request = try await asked.store.request("work")
        let unknown = try await asked.store.request("play")
        #expect(request == 1 && unknown == nil)
      }
      var record = try await jobs.record()
      #expect(record.isRequested && !record.isDue)
      await ended(try await runner.runOnce())
      record = try await jobs.record()
      #expect(record.servedRequests == 1 && !record.isRequested && record.runs == 1)
    }
  }

  @Test func `requests before a run are one and one that comes during it gets the next`() async throws {
    try await withJobs { jobs in
      let (begun, goOn) = (OneShot<Void>(), OneShot<Void>())
      let count = Counter()
      let runner = jobs.runner(
        work { _ in
          count.add()
          if count.value == 1 {
            begun.fulfil(())
            await goOn.value()
          }
          return JobOutcome("done")
        })
      try await runner.runOnce()
      #expect(try await jobs.store.request("work") == 1)
      #expect(try await jobs.store.request("work") == 1)
      let runs = try await runner.runOnce()
      try #require(!runs.isEmpty)
      await begun.value()
      #expect(try await jobs.store.request("work") == 2)
      #expect(try await jobs.store.request("work") == 2)
      goOn.fulfil(())
      await ended(runs)
      #expect(try await jobs.record().servedRequests == 1)
      await ended(try await runner.runOnce())
      let record = try await jobs.record()
      #expect(record.servedRequests == 2 && record.runs == 2 && count.value == 2)
    }
  }

  @Test func `a request that its process did not live to answer is answered by the next`() async throws {
    try await withJobs { jobs in
      let begun = OneShot<Void>()
      var stopped = JobRhythm()
      stopped.keep = .seconds(3600)
      let first = jobs.runner(work(endless(jobs.loop, begun: begun)), rhythm: stopped)
      let second = jobs.runner(work { _ in JobOutcome("done") })
      try await first.runOnce()
      let request = try #require(try await jobs.store.request("work"))
      let runs = try await first.runOnce()
      try #require(!runs.isEmpty)
      await begun.value()
      try await jobs.endLeases()
      await ended(try await second.runOnce())
      #expect(try await jobs.record().servedRequests == request)
      await first.stop()
      await ended(runs)
      #expect(try await jobs.record().runs == 1)
    }
  }

  @Test func `failures are recorded with their reason and repeated after growing pauses`() async throws {
    try await withJobs { jobs in
      let count = Counter()
      let runner = jobs.runner(
        work { _ throws(JobFailure) in
          count.add()
          if count.value <= 2 { throw .failed("the sky fell\0 down") }
          return JobOutcome("done")
        })
      try await runner.runOnce()
      var pauses: [Int64] = []
      for number in 1...2 {
        try await jobs.makeDue()
        await ended(try await runner.runOnce())
        let record = try await jobs.record()
        #expect(record.failures == Int64(number) && record.failuresInRow == Int32(number))
        #expect(record.last?.report == JobReport(outcome: nil, error: "the sky fell down"))
        let end = try #require(record.last).finishedAt.microseconds
        pauses.append((try #require(record.nextDueAt).microseconds - end + 999_999) / 1_000_000)
      }
      #expect(pauses == [5, 10] && jobs.told.failed == 2)
      try await jobs.makeDue()
      await ended(try await runner.runOnce())
      let record = try await jobs.record()
      #expect(record.runs == 3 && record.failures == 2 && record.failuresInRow == 0)
      #expect(record.last?.report.error == nil && record.last?.report.outcome == "done")
    }
  }

  @Test func `what is due stays due under the same schedule and moves with another`() async throws {
    try await withJobs { jobs in
      let store = jobs.store
      let (soon, later) = (Instant(microseconds: 1_000_000), Instant(microseconds: 2_000_000))
      try await store.register("work", schedule: "@hourly", timeZone: "UTC", nextDueAt: soon)
      try await store.register("work", schedule: "@hourly", timeZone: "UTC", nextDueAt: later)
      #expect(try await jobs.record().nextDueAt == soon)
      try await store.register("work", schedule: "@daily", timeZone: "UTC", nextDueAt: later)
      #expect(try await jobs.record().nextDueAt == later)
      try await store.register("work", schedule: nil, timeZone: "UTC", nextDueAt: nil)
      #expect(try await jobs.record().nextDueAt == nil)
      #expect(try await jobs.record().overdueSeconds == 0)
    }
  }

  @Test func `a job that is off runs when it is asked for and is not due afterwards`() async throws {
    try await withJobs { jobs in
      let runner = jobs.runner(work(isOff: true) { _ in JobOutcome("done") })
      try await runner.runOnce()
      #expect(try await jobs.record().schedule == nil)
      _ = try await jobs.store.request("work")
      await ended(try await runner.runOnce())
      let record = try await jobs.record()
      #expect(record.runs == 1 && record.nextDueAt == nil)
    }
  }

  @Test func `a table that was emptied is filled again`() async throws {
    try await withJobs { jobs in
      let runner = jobs.runner(work { _ in JobOutcome("done") })
      try await runner.runOnce()
      try await jobs.database.run("empty", "TRUNCATE jobs")
      try await runner.runOnce()
      try await runner.runOnce()
      #expect(try await jobs.record().nextDueAt != nil)
    }
  }
}
