// Runners on a real Postgres: who runs what, and what is recorded of it.
import EventLoop
import Jobs
import Ledger
import LedgerStore
import Synchronization
import TestSupport
import Testing

@Suite struct JobRunnerTests {
  @Test func `a new job waits for its schedule, runs when it is due and then waits again`() async throws {
    try await withJobs { jobs in
      let runner = jobs.runner(work { _ in JobOutcome("2 things were done", counts: [JobCount("done", 2)]) })
      await ended(try await runner.runOnce())
      var record = try await jobs.record()
      #expect(record.runs == 0 && record.schedule == "@every 3600s" && !record.isDue && record.last == nil)
      try await jobs.makeDue()
      await ended(try await runner.runOnce())
      record = try await jobs.record()
      #expect(record.runs == 1 && record.failures == 0 && !record.isRunning && !record.isDue)
      let last = try #require(record.last)
      #expect(last.report == JobReport(outcome: "2 things were done", counts: [JobCount("done", 2)]))
      #expect(last.seconds >= 0 && last.seconds < 30)
      let wait = try #require(record.nextDueAt).microseconds - last.finishedAt.microseconds
      #expect(3_590_000_000...3_600_000_000 ~= wait)
      let more = try await runner.runOnce()
      #expect(more.isEmpty && jobs.told.ran == 1)
    }
  }

  @Test func `what is due later than its schedule says is put right: the clock was put back`() async throws {
    try await withJobs { jobs in
      var rhythm = JobRhythm()
      rhythm.register = .zero
      let runner = jobs.runner(work { _ in JobOutcome("done") }, rhythm: rhythm)
      try await runner.runOnce()
      try await jobs.database.run(
        "clock_was_ahead", "UPDATE jobs SET next_due_at = clock_timestamp() + interval '9 days'")
      try await runner.runOnce()
      let now = try await jobs.store.now()
      let due = try #require(try await jobs.record().nextDueAt)
      #expect(due.microseconds - now.microseconds <= 3_600_000_000)
      // What is due earlier, because a run failed, stays so.
      try await jobs.makeDue()
      await ended(try await runner.runOnce())
      #expect(try await jobs.record().runs == 1)
    }
  }

  @Test func `of two processes that look at once one runs what is due`() async throws {
    let database = try await LedgerDatabase.make()
    let (rounds, count) = (20, Counter())
    try await withJobs(in: database) { jobs in
      let duty = work { _ in
        count.add()
        return JobOutcome("done")
      }
      let (one, other) = (jobs.runner(duty), jobs.runner(duty))
      for round in 1...rounds {
        try await one.runOnce()
        try await jobs.makeDue()
        async let ours: Void = ended(try await one.runOnce())
        async let theirs: Void = ended(try await other.runOnce())
        _ = try await (ours, theirs)
        #expect(count.value == round)
        #expect(try await jobs.record().runs == Int64(round))
      }
    }
  }

  @Test func `what is hurried runs without waiting for the next look, but not where it is off`() async throws
  {
    try await withJobs { jobs in
      let ran = Counter()
      let (runner, bell) = (
        jobs.runner(
          work { _ in
            ran.add()
            return JobOutcome("done")
          }), JobBell()
      )
      bell.ring(for: "work")
      try await runner.runOnce()
      bell.answer { job in jobs.loop.post { runner.hurry(job) } }
      for job in ["unknown", "work", "work", "work"] { bell.ring(for: job) }
      let deadline = ContinuousClock.now + .seconds(20)
      while ran.value == 0, ContinuousClock.now < deadline {
        try await jobs.loop.sleep(for: .milliseconds(1))
      }
      try #require(ran.value > 0)
      let off = jobs.runner(work(isOff: true) { _ in JobOutcome("never") })
      off.hurry("work")
      // Many who ring at once are one request.
      #expect(try await jobs.record().requests == 1)
    }
  }

  @Test func `the lease of a process that stopped passes on and what it did later is not recorded`()
    async throws
  {
    try await withJobs { jobs in
      let (begun, goOn) = (OneShot<Void>(), OneShot<Void>())
      var stopped = JobRhythm()
      stopped.keep = .seconds(3600)
      let first = jobs.runner(
        work { _ in
          begun.fulfil(())
          await goOn.value()
          return JobOutcome("by the first")
        }, rhythm: stopped)
      let second = jobs.runner(work { _ in JobOutcome("by the second") })
      try await first.runOnce()
      try await jobs.makeDue()
      let runs = try await first.runOnce()
      try #require(!runs.isEmpty)
      await begun.value()
      #expect(try await jobs.record().isRunning)
      let early = try await second.runOnce()
      #expect(early.isEmpty, "its lease is held")

      try await jobs.endLeases()
      await ended(try await second.runOnce())
      var record = try await jobs.record()
      #expect(record.runs == 1 && record.lostRuns == 1 && record.last?.report.outcome == "by the second")
      goOn.fulfil(())
      await ended(runs)
      record = try await jobs.record()
      #expect(record.runs == 1 && record.last?.report.outcome == "by the second" && jobs.told.lost == 1)
    }
  }

  @Test func `a run whose lease another has is told to stop`() async throws {
    try await withJobs { jobs in
      let begun = OneShot<Void>()
      var quick = JobRhythm()
      quick.keep = .milliseconds(5)
      let runner = jobs.runner(work(endless(jobs.loop, begun: begun)), rhythm: quick)
      try await runner.runOnce()
      try await jobs.makeDue()
      let runs = try await runner.runOnce()
      try #require(!runs.isEmpty)
      await begun.value()
      try await jobs.database.run(
        "steal", "UPDATE leases SET term = term + 1, holder = gen_random_uuid() WHERE name = 'job:work'")
      await ended(runs)
      let record = try await jobs.record()
      #expect(record.runs == 0 && jobs.told.lost == 1 && record.isDue)
    }
  }

  @Test func `a run that takes too long is told to stop and has failed`() async throws {
    try await withJobs { jobs in
      var quick = JobRhythm()
      quick.keep = .milliseconds(5)
      let runner = jobs.runner(
        work(longest: .milliseconds(20), endless(jobs.loop)), rhythm: quick)
      try await runner.runOnce()
      try await jobs.makeDue()
      await ended(try await runner.runOnce())
      let record = try await jobs.record()
      #expect(record.runs == 1 && record.failures == 1)
      #expect(record.last?.report.error?.contains("longer than 0.02 seconds") == true)
    }
  }

  @Test func `a process that ends gives its leases back so that others begin at once`() async throws {
    try await withJobs { jobs in
      let begun = OneShot<Void>()
      let first = jobs.runner(work(endless(jobs.loop, begun: begun)))
      let second = jobs.runner(work { _ in JobOutcome("done") })
      try await first.runOnce()
      try await jobs.makeDue()
      let runs = try await first.runOnce()
      try #require(!runs.isEmpty)
      await begun.value()
      await first.stop()
      await ended(runs)
      #expect(try await jobs.record().runs == 0)
      await ended(try await second.runOnce())
      let record = try await jobs.record()
      #expect(record.runs == 1 && record.failures == 0 && record.lostRuns == 1)
    }
  }

  @Test func `others see how far a run is`() async throws {
    try await withJobs { jobs in
      let goOn = OneShot<Void>()
      var quick = JobRhythm()
      quick.keep = .milliseconds(5)
      let runner = jobs.runner(
        work { progress in
          progress.tell(done: 3, of: 10)
          await goOn.value()
          return JobOutcome("done")
        }, rhythm: quick)
      try await runner.runOnce()
      try await jobs.makeDue()
      let runs = try await runner.runOnce()
      var steps: JobSteps?
      let end = ContinuousClock.now + .seconds(30)
      while steps == nil, ContinuousClock.now < end { steps = try await jobs.record().progress }
      #expect(steps == JobSteps(done: 3, total: 10))
      goOn.fulfil(())
      await ended(runs)
      #expect(try await jobs.record().progress == nil)
    }
  }
}

/// How often something happened.
final class Counter: Sendable {
  private let count = Atomic(0)

  func add() {
    count.add(1, ordering: .relaxed)
  }

  var value: Int { count.load(ordering: .relaxed) }
}
