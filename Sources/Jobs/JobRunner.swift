// Runs the duties of a process. Every process looks every second which jobs are due by Postgres's clock, or
// asked for, and takes the lease of those that nobody runs; one of them gets it. So there is no leader to
// elect and none to lose: when a process dies its leases end, its jobs are still due, and others see it.
package import EventLoop
package import Ledger
package import LedgerStore
package import PostgresClient

/// One process's runner, used on its loop only.
package final class JobRunner: @unchecked Sendable {
  private let loop: EventLoop
  private let store: JobStore
  private let duties: [Duty]
  private let holder: UUIDBits
  private let rhythm: JobRhythm
  private let tell: @Sendable (JobEvent) -> Void
  private var turn: RunnerTurn
  private var runs: [String: Task<Void, Never>] = [:]
  /// Jobs that somebody is just hurrying, so that many who ring at once cost no more than one.
  private var hurried: Set<String> = []
  private var isEnding = false
  /// Nil as long as it has not entered its jobs.
  private var registeredAt: MonotonicInstant?
  /// How all jobs stood when it last looked.
  package private(set) var records: [JobRecord] = []

  package init(
    _ duties: [Duty], store: JobStore, holder: UUIDBits, rhythm: JobRhythm = JobRhythm(), on loop: EventLoop,
    tell: @escaping @Sendable (JobEvent) -> Void
  ) {
    (self.loop, self.store, self.duties, self.holder) = (loop, store, duties, holder)
    (self.rhythm, self.tell) = (rhythm, tell)
    turn = RunnerTurn(duties)
  }

  /// Works until it is cancelled; then it stops what it runs, and gives the leases back.
  package func run() async {
    while !Task.isCancelled {
      // Postgres that does not answer is asked again at the next look; nothing is due without it.
      _ = try? await runOnce()
      guard (try? await loop.sleep(for: rhythm.lookWithJitter)) != nil else { break }
    }
    await stop()
  }

  /// Asks for a run of the job and looks at once, rather than with the next look. Not where the job is off.
  package func hurry(_ job: String) {
    loop.preconditionInside()
    guard duties.contains(where: { $0.name == job && $0.schedule != nil }), !isEnding,
      hurried.insert(job).inserted
    else { return }
    loop.spawn { [self] in
      defer { hurried.remove(job) }
      guard (try? await store.request(job)) != nil, !isEnding else { return }
      _ = try? await runOnce()
    }
  }

  /// One look: begins what is to be begun, and answers with those runs.
  @discardableResult
  package func runOnce() async throws(PostgresError) -> [Task<Void, Never>] {
    if isToRegister { try await register() }
    records = try await store.read(duties.map(\.name))
    // Somebody restored the database, or emptied the table.
    if records.count < duties.count { registeredAt = nil }
    return turn.begin(records).compactMap { run in
      guard let duty = duties.first(where: { $0.name == run.job }) else { return nil }
      return spawn(duty, bySchedule: run.bySchedule)
    }
  }

  /// Stops what runs, and waits until it has ended.
  package func stop() async {
    isEnding = true
    let ending = Array(runs.values)
    for run in ending { run.cancel() }
    for run in ending { await run.value }
  }

  private func register() async throws(PostgresError) {
    let now = try await store.now()
    for duty in duties {
      try await store.register(
        duty.name, schedule: duty.schedule?.text, timeZone: duty.schedule?.timeZone ?? "UTC",
        nextDueAt: duty.schedule?.next(after: now), sparesOthers: registeredAt != nil)
    }
    registeredAt = loop.clock.now
  }

  /// Now and then again: a database whose clock was put back would hold a job as not due for just as long.
  private var isToRegister: Bool {
    registeredAt.map { loop.clock.now >= $0 + rhythm.register } ?? true
  }

  private func spawn(_ duty: Duty, bySchedule: Bool) -> Task<Void, Never> {
    let run = loop.spawn { [self] in
      if let event = await carryOut(duty, bySchedule: bySchedule) { tell(event) }
      turn.ended(duty.name)
      runs[duty.name] = nil
    }
    // A task begins at once: one that has ended already is not kept.
    if turn.running.contains(duty.name) { runs[duty.name] = run }
    return run
  }

  private func carryOut(_ duty: Duty, bySchedule: Bool) async -> JobEvent? {
    let asked = loop.clock.now
    do throws(PostgresError) {
      guard
        let term = try await JobTerm.take(
          duty.name, holder: holder, seconds: rhythm.lease.inSeconds, from: store.pool)
      else { return nil }
      guard let begun = try await store.start(term, bySchedule: bySchedule) else {
        try await term.lease.giveBack(to: store.pool)
        return nil
      }
      let run = JobRun(duty, term: term, askedAt: asked, store: store, rhythm: rhythm, on: loop)
      return await run.carryOut(begun)
    } catch {
      // Nothing has begun; it is still due.
      return nil
    }
  }
}
