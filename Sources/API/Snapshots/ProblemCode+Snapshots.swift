// What snapshots may answer instead of what was asked for.
package import HTTPServer

extension ProblemCode {
  package static var snapshotNotComplete: Self {
    Self("snapshot_not_complete", .conflict, "The snapshot is not complete.")
  }
  package static var snapshotExpired: Self {
    Self("snapshot_expired", .gone, "The entries of the snapshot were removed.")
  }
  package static var tooManyMembers: Self {
    Self("too_many_members", .unprocessableContent, "The board has more members than are read of a mirror.")
  }

  /// Every code of snapshots, for the documentation and its test.
  package static var ofSnapshots: [ProblemCode] { [snapshotNotComplete, snapshotExpired, tooManyMembers] }
}
