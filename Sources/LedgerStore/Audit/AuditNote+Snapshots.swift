// What is noted of snapshots: by which schedules they are taken, and for how long one is kept.
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
}
