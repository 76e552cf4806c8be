// Takes the snapshots that are due by their schedules. First each schedule that is due is moved on and its
// snapshot begun, in one transaction; then whatever was begun is taken, by whom it may have been begun: a
// process that dies in the middle leaves a row that says what is to be done, and the next look finds it. So
// those on demand are finished, too, whose process is gone.
import BoardStore
import Boards
import Calendar
import EventLoop
import Jobs
import Ledger
import LedgerStore
import PostgresClient
import Verification

/// Used on the loop of the worker that runs jobs for its process.
final class ScheduledSnapshots: @unchecked Sendable {
  /// What happened that somebody should read.
  enum Event: Sendable {
    /// An instant for which there was nothing to take.
    case passed(SnapshotSchedule, dueAt: Instant, reason: String)
    case failed(Snapshot, reason: String)
  }

  /// So often one is tried before it has failed.
  private static let attemptsMost: Int32 = 3
  /// So many are taken by one run.
  private static let most = 64
  /// For so long what was taken in one run is held against Redis.
  private static let comparingMost = Duration.seconds(60)

  private let loop: EventLoop
  private let schedules: SnapshotSchedules
  /// Begins and fails them, which takes no time; the other one ranks.
  private let beginning: SnapshotSettling
  private let settling: SnapshotSettling
  private let reading: MirrorReading
  private let comparing: SnapshotComparing
  private let tally: SnapshotTally
  private let catalog: PointTypeCatalog
  private let zones: TimeZoneFiles
  private let pool: PostgresPool
  private let tell: @Sendable (Event) -> Void

  init(
    pool: PostgresPool, settling: PostgresPool, boards: BoardStore, catalog: PointTypeCatalog,
    zones: TimeZoneFiles, comparing: SnapshotComparing, tally: SnapshotTally,
    tell: @escaping @Sendable (Event) -> Void
  ) {
    loop = pool.loop
    self.pool = pool
    schedules = SnapshotSchedules(pool: pool)
    beginning = SnapshotSettling(pool: pool)
    self.settling = SnapshotSettling(pool: settling)
    reading = MirrorReading(boards, into: beginning)
    self.comparing = comparing
    self.tally = tally
    self.catalog = catalog
    self.zones = zones
    self.tell = tell
  }

  /// What one look did.
  struct Outcome: Equatable {
    var begun = 0
    var passed = 0
    var taken = 0
    var failed = 0
    /// Why some could not be taken yet: they are tried again.
    var trouble: [String] = []
  }

  /// One look, at Postgres's time unless another is given.
  func runOnce(at instant: Instant? = nil) async throws(JobFailure) -> Outcome {
    var outcome = Outcome()
    try await begin(at: instant, &outcome)
    try await finish(&outcome)
    return outcome
  }

  // MARK: What is due

  private func begin(at instant: Instant?, _ outcome: inout Outcome) async throws(JobFailure) {
    let (now, due) = try await JobFailure.explaining { () async throws(PostgresError) in
      let now = if let instant { instant } else { try await schedules.now() }
      let due = try await schedules.due(by: now)
      if !due.isEmpty { try await catalog.refresh(from: pool) }
      return (now, due)
    }
    for record in due {
      guard let schedule = cron(of: record.schedule), let first = record.nextDueAt else {
        outcome.trouble.append(
          "\(record.schedule.name): the time zone \(record.schedule.timeZone) is not known here")
        continue
      }
      let dueAt = schedule.latest(from: first, through: now)
      try await JobFailure.explaining { () async throws(PostgresError) in
        try await begin(record, dueAt: dueAt, next: schedule.next(after: now), now: now, &outcome)
      }
    }
  }

  private func cron(of schedule: SnapshotSchedule) -> CronSchedule? {
    guard let zone = try? zones.zone(named: schedule.timeZone),
      let expression = try? CronExpression(schedule.expression)
    else { return nil }
    return CronSchedule(expression, in: zone)
  }

  private func begin(
    _ record: SnapshotScheduleRecord, dueAt: Instant, next: Instant?, now: Instant, _ outcome: inout Outcome
  ) async throws(PostgresError) {
    switch plan(record.schedule, dueAt: dueAt, now: now) {
    case .plan(let plan):
      if try await schedules.begin(plan, for: record, next: next) { outcome.begun += 1 }
    case .nothing(let reason):
      guard try await schedules.pass(record, dueAt: dueAt, because: reason, next: next) else { return }
      outcome.passed += 1
      tell(.passed(record.schedule, dueAt: dueAt, reason: reason))
    case .notYet: break
    }
  }

  private enum Planned {
    case plan(SnapshotPlan)
    /// There is nothing that could be taken.
    case nothing(String)
    /// The board is being filled: it is waited for.
    case notYet
  }

  private func plan(_ schedule: SnapshotSchedule, dueAt: Instant, now: Instant) -> Planned {
    let turn = schedule.turn(dueAt: dueAt)
    let keepUntil = schedule.keepUntil(dueAt: dueAt)
    guard case .defined(let id) = schedule.board.key else {
      return .plan(
        SnapshotPlan(
          id: SnapshotID(of: turn), board: schedule.board, purpose: .scheduled, source: schedule.source,
          keepUntil: keepUntil, turn: turn))
    }
    guard let board = catalog.boards.board(id) else { return .nothing("the board was removed") }
    let definition = board.definition
    switch definition.state {
    case .ready: break
    case .removed: return .nothing("the board was removed")
    case .filling, .stopped: return .notYet
    }
    guard let period = board.period(at: now), period.isUnsettled else {
      return .nothing("the board had no season")
    }
    return .plan(
      SnapshotPlan(
        id: SnapshotID(of: turn), board: schedule.board,
        period: SnapshotPlan.Period(number: period.number, label: period.label), purpose: .scheduled,
        source: schedule.source, slot: SlotKey(board: definition.number, period: period.number),
        order: definition.traits.order, eligibility: definition.traits.eligibility, keepUntil: keepUntil,
        turn: turn))
  }

  // MARK: What was begun

  private func finish(_ outcome: inout Outcome) async throws(JobFailure) {
    let end = loop.clock.now + Self.comparingMost
    let begun = try await JobFailure.explaining { () async throws(PostgresError) in
      try await beginning.abandoned(limit: Self.most)
    }
    for snapshot in begun {
      guard !Task.isCancelled else { throw .interrupted }
      let attempt = try await JobFailure.explaining { () async throws(PostgresError) in
        try await beginning.beginAnew(snapshot)
      }
      guard attempt.state == .building else { continue }
      do throws(MirrorReadingError) {
        if let taken = try await take(attempt) {
          outcome.taken += 1
          tally.took(taken.plan.purpose)
          await comparing.compare(taken, within: end.remaining(from: loop.clock.now))
        }
      } catch {
        guard !Task.isCancelled else { throw .interrupted }
        try await giveUpOrTryAgain(attempt, because: error.description, &outcome)
      }
    }
  }

  /// Nil if another takes it, or it has failed for good.
  private func take(_ snapshot: Snapshot) async throws(MirrorReadingError) -> Snapshot? {
    let position = snapshot.plan.source == .live ? try await reading.read(for: snapshot) : nil
    let outcome: SettlingOutcome
    do throws(PostgresError) {
      outcome = try await settling.settle(snapshot, position: position)
    } catch {
      throw .ledger(error)
    }
    switch outcome {
    case .complete(let taken): return taken
    case .busy: return nil
    case .ended(let ended):
      if case .failed(let reason) = ended.state { failed(ended, reason) }
      return nil
    }
  }

  private func giveUpOrTryAgain(
    _ snapshot: Snapshot, because reason: String, _ outcome: inout Outcome
  ) async throws(JobFailure) {
    guard snapshot.attempt >= Self.attemptsMost else {
      outcome.trouble.append("\(snapshot.plan.board.name): \(reason)")
      return
    }
    try await JobFailure.explaining { () async throws(PostgresError) in
      try await beginning.fail(snapshot.id, because: reason)
    }
    outcome.failed += 1
    failed(snapshot, reason)
  }

  private func failed(_ snapshot: Snapshot, _ reason: String) {
    tally.failed()
    tell(.failed(snapshot, reason: reason))
  }
}
