// What is noted of snapshots: by which schedules they are taken, for how long one is kept, and by which one
// its result was mended.
import Ledger

extension AuditNote {
  static func created(_ schedule: SnapshotSchedule, by actor: Actor) -> AuditNote {
    AuditNote(
      actor, .scheduleCreated, subject: schedule.id.description, name: schedule.name,
      [
        Change("board", to: schedule.board.name), Change("schedule", to: schedule.expression),
        Change("timeZone", to: schedule.timeZone), Change("source", to: schedule.source.rawValue),
        Change("keepDays", to: schedule.keepDays.map { "\($0)" }),
      ])
  }

  static func removed(_ schedule: ScheduleID, named name: String, by actor: Actor) -> AuditNote {
    AuditNote(actor, .scheduleRemoved, subject: schedule.description, name: name)
  }

  static func kept(_ before: Snapshot, until: Instant?, by actor: Actor) -> AuditNote {
    AuditNote(
      actor, .snapshotKept, subject: before.id.description, name: before.plan.board.name,
      [Change("keepUntil", from: before.plan.keepUntil?.rfc3339, to: until?.rfc3339)])
  }

  /// What was changed of whom is written down with the revision.
  static func revised(
    _ before: Snapshot, to revision: Snapshot, _ changes: [SnapshotChange], because why: String,
    by actor: Actor
  ) -> AuditNote {
    let disqualified = changes.count { $0.isDisqualified }
    return AuditNote(
      actor, .snapshotRevised, subject: before.id.description, name: before.plan.board.name,
      [
        Change("snapshotId", from: before.id.description, to: revision.id.description),
        Change("revision", from: "\(before.plan.revision)", to: "\(revision.plan.revision)"),
        Change("reason", to: why), Change("disqualified", to: "\(disqualified)"),
        Change("scores", to: "\(changes.count - disqualified)"),
      ])
  }
}
