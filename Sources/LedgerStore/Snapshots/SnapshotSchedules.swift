// The schedules by which snapshots are taken, as Postgres keeps them. A schedule stands at the instant at
// which it is due next; whoever takes that in hand moves it on, in the transaction that begins the snapshot:
// so each instant is begun once, whoever dies or comes late, and what was begun is there for anybody to
// finish.
package import Ledger
package import PostgresClient

package struct SnapshotSchedules: Sendable {
  package static let most: Int64 = 256

  package enum Creation: Sendable, Equatable {
    case created(SnapshotScheduleRecord)
    case nameTaken
    case tooMany
  }

  private let pool: PostgresPool
  /// Who decides.
  private let actor: Actor

  package init(pool: PostgresPool, actor: Actor = .configuration) {
    self.pool = pool
    self.actor = actor
  }

  /// The same, in somebody's name.
  package func acting(for actor: Actor) -> SnapshotSchedules { SnapshotSchedules(pool: pool, actor: actor) }

  /// By the clock that decides what is due.
  package func now() async throws(PostgresError) -> Instant {
    guard let clock = try await pool.first(ReadClock()) else { throw .unexpectedRowCount(0) }
    return clock.now
  }

  package func create(
    _ schedule: SnapshotSchedule, firstDueAt: Instant?
  ) async throws(PostgresError) -> Creation {
    let insert = InsertSchedule(schedule: schedule, nextDueAt: firstDueAt, most: Self.most)
    let created = try await pool.transaction { transaction throws(PostgresError) in
      let created = try await transaction.first(insert)
      if created != nil {
        _ = try await transaction.query(InsertAudit(note: .created(schedule, by: actor)))
      }
      return created
    }
    if let created { return .created(created) }
    return try await find(schedule.name) == nil ? .tooMany : .nameTaken
  }

  /// In the order of their names.
  package func all() async throws(PostgresError) -> [SnapshotScheduleRecord] {
    try await pool.query(ListSchedules(name: nil))
  }

  package func find(_ name: String) async throws(PostgresError) -> SnapshotScheduleRecord? {
    try await pool.first(ListSchedules(name: name))
  }

  /// The snapshots that were taken by it stay. False if there is none of this name.
  package func remove(_ name: String) async throws(PostgresError) -> Bool {
    try await pool.transaction { transaction throws(PostgresError) in
      guard let id = try await transaction.first(DeleteSchedule(name: name)) else { return false }
      _ = try await transaction.query(InsertAudit(note: .removed(id, named: name, by: actor)))
      return true
    }
  }

  // MARK: For whoever takes snapshots

  /// The longest due first.
  package func due(by now: Instant) async throws(PostgresError) -> [SnapshotScheduleRecord] {
    try await pool.query(ListDueSchedules(now: now))
  }

  /// Moves it on, and begins the snapshot; false if another has done so, or the schedule is gone.
  package func begin(
    _ plan: SnapshotPlan, for record: SnapshotScheduleRecord, next: Instant?
  ) async throws(PostgresError) -> Bool {
    guard let turn = plan.turn, let pass = PassTurn(record, to: next, seenTo: turn.dueAt, snapshot: plan.id)
    else { return false }
    return try await pool.transaction { transaction throws(PostgresError) in
      guard try await transaction.first(pass) != nil else {
        transaction.giveUp()
        return false
      }
      try await transaction.execute(BeginSnapshot(plan: plan))
      return true
    }
  }

  /// Moves it on without a snapshot, and says why; false if another has moved it.
  package func pass(
    _ record: SnapshotScheduleRecord, dueAt: Instant, because reason: String, next: Instant?
  ) async throws(PostgresError) -> Bool {
    guard let pass = PassTurn(record, to: next, seenTo: dueAt, refusal: reason) else { return false }
    return try await pool.first(pass) != nil
  }
}
