// A snapshot as its row tells of it: what was to be taken, how far it is, and what it comes to. Once
// complete it never changes; its row outlives its entries.
package import Cryptography
package import Ledger

package struct Snapshot: Sendable, Equatable {
  package enum State: Sendable, Equatable {
    /// It was begun; nothing of it is shown yet. Becomes `complete` or `failed`.
    case building
    /// All of it is there, and none of it changes.
    case complete
    /// It could not be taken. May be tried again.
    case failed(reason: String)
    /// Its time was over: its entries are being removed, or were at that instant.
    case expired(removedAt: Instant?)
  }

  /// What all entries come to. Two snapshots with the same digest say the same of ranks, users, scores and
  /// times.
  package struct Contents: Sendable, Equatable {
    package let members: Int64
    package let scoreSum: Int128
    package let digest: Digest

    package init(members: Int64, scoreSum: Int128, digest: Digest) {
      self.members = members
      self.scoreSum = scoreSum
      self.digest = digest
    }
  }

  /// What came of holding it against the mirror.
  package struct Comparison: Sendable, Equatable {
    package let checked: Int64
    package let drifted: Int64
    package let repaired: Int64

    package init(checked: Int64, drifted: Int64, repaired: Int64) {
      self.checked = checked
      self.drifted = drifted
      self.repaired = repaired
    }
  }

  package let plan: SnapshotPlan
  package let number: SnapshotNumber
  package let state: State
  package let beganAt: Instant
  /// When the ledger was read, by Postgres's clock. Nil until it was.
  package let takenAt: Instant?
  /// Everything up to this position is in it.
  package let position: Int64?
  /// Nil until it is complete.
  package let contents: Contents?
  package let comparison: Comparison?
  /// Why it was not held against the mirror, if it was to be.
  package let notCompared: String?
  /// How often it was begun anew. Who reads a mirror for it does so under this number.
  package let attempt: Int32

  package var id: SnapshotID { plan.id }
  package var isComplete: Bool { state == .complete }

  /// Whether it is to be held against the mirror, and was not: one that was read of the mirror is not, and a
  /// revision is not what the mirror has.
  package var isToBeCompared: Bool {
    isComplete && plan.source == .ledger && plan.revises == nil && comparison == nil && notCompared == nil
  }
}

/// Names a snapshot in eight bytes less than its id; what entries are found by.
package struct SnapshotNumber: Sendable, Hashable, Comparable {
  package let value: Int32

  package init(_ value: Int32) {
    self.value = value
  }

  package static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
