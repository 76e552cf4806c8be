// What snapshots may answer instead of what was asked for.
package import HTTPServer

extension ProblemCode {
  package static var snapshotNotComplete: Self {
    Self("snapshot_not_complete", .conflict, "The snapshot is not complete.")
  }
  package static var snapshotExpired: Self {
    Self("snapshot_expired", .gone, "The entries of the snapshot were removed.")
  }
  package static var snapshotRevised: Self {
    Self("snapshot_revised", .conflict, "There is a newer revision of the snapshot.")
  }
  package static var notInSnapshot: Self {
    Self("not_in_snapshot", .unprocessableContent, "Some of the users are not in the snapshot.")
  }
  package static var nothingToRevise: Self {
    Self("nothing_to_revise", .unprocessableContent, "The revision would change nothing.")
  }
  package static var tooManyMembers: Self {
    Self("too_many_members", .unprocessableContent, "The board has more members than are read of a mirror.")
  }
  package static var scheduleExists: Self {
    Self("schedule_exists", .conflict, "There is a schedule of this name.")
  }
  package static var tooManySchedules: Self {
    Self("too_many_schedules", .conflict, "There are as many schedules as there may be.")
  }
  package static var impossibleSchedule: Self {
    Self("impossible_schedule", .unprocessableContent, "There can be no such schedule.")
  }

  /// Every code of snapshots, for the documentation and its test.
  package static var ofSnapshots: [ProblemCode] {
    [
      snapshotNotComplete, snapshotExpired, snapshotRevised, notInSnapshot, nothingToRevise, tooManyMembers,
      scheduleExists, tooManySchedules, impossibleSchedule,
    ]
  }
}
