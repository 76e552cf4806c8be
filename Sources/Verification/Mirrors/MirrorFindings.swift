// What became of verifying the mirror of a point type.

package struct MirrorFindings: Sendable {
  /// Accounts of the ledger that were looked for, and members of boards that were looked at.
  package var accounts: Int64 = 0
  package var members: Int64 = 0
  /// Accounts, members and sums that are not as they should be.
  package var drifted: Int64 = 0
  package var repaired: Int64 = 0
  /// Accounts of which the mirror has not got the newest state yet, and was not followed so far in time: they
  /// may be on their way.
  package var behind: Int64 = 0
  package var drifts = Examples<Drift, Drift.Kind>()
  /// So much was written all the time that the sums could not be told.
  package var isWithoutSums = false

  package init() {}

  package var isWhole: Bool { drifted == repaired }

  mutating func add(_ drifted: [AccountDrift]) {
    self.drifted += Int64(drifted.count)
    for drift in drifted.flatMap(\.drifts) { drifts.add(drift, drift.kind) }
  }

  mutating func add(_ drift: Drift) {
    drifted += 1
    drifts.add(drift, drift.kind)
  }
}
