// One of the line of a snapshot: the original, or what was made of the one before it, why, and by whom.
package import Ledger

package struct SnapshotRevision: Sendable, Equatable {
  package let snapshot: Snapshot
  /// Nil for the original.
  package let why: String?
  /// Who decided it; nil for the original.
  package let actor: String?
  /// In the order of user ids; of the original there are none.
  package let changes: [SnapshotChange]

  package var disqualified: [UserID] { changes.filter(\.isDisqualified).map(\.user) }
}
