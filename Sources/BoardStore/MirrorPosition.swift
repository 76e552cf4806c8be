// How far a mirror has followed the ledger.
package import Ledger

/// A place in the sequence of the ledger's batches: all of them up to this one.
package struct MirrorPosition: Sendable, Equatable {
  package let number: Int64
  /// The batch at this place. A ledger that has another one there is not the one that was followed.
  package let batch: UUIDBits

  package init(_ number: Int64, batch: UUIDBits) {
    self.number = number
    self.batch = batch
  }

  /// Before the first batch.
  package static let start = MirrorPosition(0, batch: UUIDBits(high: 0, low: 0))
}
