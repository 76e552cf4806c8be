// Runners on a database of the test's own, each with the pool and the holder of a process.
import EventLoop
import Jobs
import Ledger
import LedgerStore
import PostgresClient
import Synchronization
import TestSupport

/// Used on its loop only, like what it holds.
final class JobsUnderTest: @unchecked Sendable {
  let loop: EventLoop
  let pool: PostgresPool
  let database: LedgerDatabase
  let told = Told()

  init(_ database: LedgerDatabase, pool: PostgresPool, on loop: EventLoop) {
    (self.database, self.pool, self.loop) = (database, pool, loop)
  }

  var store: JobStore { JobStore(pool: pool) }

  /// A runner as another process has it.
  func runner(_ duties: Duty..., rhythm: JobRhythm = JobRhythm()) -> JobRunner {
    let holder = UUIDBits(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max))
    return JobRunner(duties, store: store, holder: holder, rhythm: rhythm, on: loop) { [told] in
      told.add($0)
    }
  }

  func record(_ name: String = "work") async throws -> JobRecord {
    guard let record = try await store.read([name]).first else { throw Missing(what: name) }
    return record
  }

  /// Has the time come at which it is due.
  func makeDue(_ name: String = "work") async throws {
    try await database.run(
      "make_due", "UPDATE jobs SET next_due_at = clock_timestamp() WHERE name = '\(name)'")
  }

  /// As if so much time had passed without anybody prolonging.
  func endLeases() async throws {
    try await database.run("end_leases", "UPDATE leases SET expires_at = clock_timestamp() - interval '1 s'")
  }

  struct Missing: Error {
    let what: String
  }
}

/// What runners told.
final class Told: Sendable {
  private let events = Mutex<[JobEvent]>([])

  func add(_ event: JobEvent) {
    events.withLock { $0.append(event) }
  }

  var lost: Int { count { if case .lost = $0 { true } else { false } } }
  var failed: Int { count { if case .failed = $0 { true } else { false } } }
  var ran: Int { count { if case .ran = $0 { true } else { false } } }

  private func count(_ isMeant: (JobEvent) -> Bool) -> Int {
    events.withLock { $0.count(where: isMeant) }
  }
}

/// A duty named `work`, every hour.
func work(
  longest: Duration = .seconds(60), isOff: Bool = false, _ body: @escaping Duty.RunOnce
) -> Duty {
  Duty(
    JobTitle("work", "Works."), schedule: isOff ? nil : EverySeconds(3600), longest: longest, runOnce: body)
}

/// Works until it is told to stop.
func endless(_ loop: EventLoop, begun: OneShot<Void>? = nil) -> Duty.RunOnce {
  { _ throws(JobFailure) in
    begun?.fulfil(())
    while (try? await loop.sleep(for: .milliseconds(2))) != nil {}
    throw .interrupted
  }
}

/// Waits until every run has ended.
func ended(_ runs: [Task<Void, Never>]) async {
  for run in runs { await run.value }
}

func withJobs(
  in database: LedgerDatabase? = nil, _ body: @escaping @Sendable (JobsUnderTest) async throws -> Void
) async throws {
  let chosen = if let database { database } else { try await LedgerDatabase.make() }
  let options = try chosen.options()
  try await onNewLoop { loop in
    let pool = PostgresPool(options, .forTests(sessionsMax: 2), on: loop)
    let closed = OneShot<Void>()
    loop.spawn {
      await pool.run()
      closed.fulfil(())
    }
    let outcome: Result<Void, any Error>
    do {
      outcome = .success(try await body(JobsUnderTest(chosen, pool: pool, on: loop)))
    } catch {
      outcome = .failure(error)
    }
    await pool.close(within: .seconds(1))
    await closed.value()
    try outcome.get()
  }
}
