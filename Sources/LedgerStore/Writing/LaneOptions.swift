// The bounds of a worker's writing.

package struct LaneOptions: Sendable {
  /// Transactions under way at once, of what shares them.
  package var lanes = 2
  /// How long a lane that has answered waits for those who ask again: as long as the batch took, in these
  /// bounds. Where everything is slow, callers are slow to come back, too.
  package var regrouping = Duration.milliseconds(2) ... .milliseconds(10)
  /// A further lane is used when so many legs wait for it, or one has waited for so long. Few large batches
  /// cost less than many small ones.
  package var legsForFurtherLane = 64
  package var waitForFurtherLane = Duration.milliseconds(20)
  /// Legs that share a transaction; a posting with more goes alone, beside the lanes.
  package var legsPerBatch = 128
  /// Such postings under way at once: while one is in Postgres the worker decides the other.
  package var bulkLanes = 2
  /// Legs that may wait. What comes beyond is refused at once.
  package var waitingLegsMax = 8192
  /// How long a posting may wait and be tried again before it is answered that it cannot be made now.
  package var patience = Duration.seconds(10)
  /// Whether an account belongs to a registered user or to anybody.
  package var createsUsers = true

  package init() {}
}
