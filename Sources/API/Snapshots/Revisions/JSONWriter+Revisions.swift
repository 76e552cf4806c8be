// Revisions of a snapshot, as callers read them.
import JSON
import Ledger
import LedgerStore

extension JSONWriter {
  mutating func revision(_ revision: SnapshotRevision) {
    let snapshot = revision.snapshot
    object {
      $0.field("snapshotId", snapshot.id)
      $0.field("revision", Int64(snapshot.plan.revision))
      $0.field("revises", orNull: snapshot.plan.revises)
      $0.field("members", orNull: snapshot.contents?.members)
      $0.field("reason", orNull: revision.why)
      $0.field("revisedBy", orNull: revision.actor)
      $0.field("revisedAt", orNull: snapshot.plan.revises.map { _ in snapshot.beganAt })
      $0.arrayField("changes") { for change in revision.changes { $0.change(change) } }
    }
  }

  private mutating func change(_ change: SnapshotChange) {
    object {
      $0.field("userId", change.user)
      $0.field("disqualified", change.isDisqualified)
      $0.field("scoreBefore", change.scoreWas)
      $0.field("score", orNull: change.fixed?.score)
      $0.field("reachedAt", orNull: change.fixed?.reachedAt)
    }
  }
}
