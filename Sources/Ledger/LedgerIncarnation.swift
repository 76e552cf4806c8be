// Which ledger this is. A mirror of another ledger, or of this one before it was restored or failed over,
// must never be taken for a mirror of this one.

/// The identity of the database behind a connection.
package struct LedgerIncarnation: Sendable, Hashable {
  /// Given to the ledger when it was created; travels with a dump.
  package let ledger: UUIDBits
  /// Of the cluster; a restored dump has another.
  package let systemIdentifier: UInt64
  package let databaseOID: UInt32
  /// Rises when a standby is promoted or a backup is recovered to a point in time.
  package let timeline: UInt32
  /// When its server was started. Older files can be put back while it is stopped, and leave no other trace.
  package let startedAt: Instant

  package init(
    ledger: UUIDBits, systemIdentifier: UInt64, databaseOID: UInt32, timeline: UInt32, startedAt: Instant
  ) {
    self.ledger = ledger
    self.systemIdentifier = systemIdentifier
    self.databaseOID = databaseOID
    self.timeline = timeline
    self.startedAt = startedAt
  }
}
