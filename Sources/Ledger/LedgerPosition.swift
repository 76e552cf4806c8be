// A place in the sequence of batches: an exact cut of the ledger.

package struct LedgerPosition: Sendable, Hashable {
  package let number: Int64
  /// The batch that is there; another one means another ledger.
  package let batch: UUIDBits

  package init(_ number: Int64, batch: UUIDBits) {
    self.number = number
    self.batch = batch
  }

  /// Before the first batch.
  package static let start = LedgerPosition(0, batch: UUIDBits(high: 0, low: 0))
}
