// What a caller of the ledger is told about its posting.
package import Ledger

package enum PostingOutcome: Sendable, Equatable {
  case posted(Receipt)
  case refused(Refusal, isReplay: Bool)
  /// The key was used for another request.
  case conflicting(RequestFingerprint.Field)
  /// A request with this key is being settled elsewhere, and takes too long to wait for.
  case inFlight
  /// A point type was deleted since it was looked up.
  case typeGone(PointTypeID)
}

/// A posting that stands in the ledger.
package struct Receipt: Sendable, Equatable {
  package let posting: PostingID
  package let transactions: [Transaction]
  /// Of a reversal: how much of what it reverses is left.
  package let remaining: Int64?
  /// Of a posting that is decided leg by leg: what did not take effect.
  package let refusedLegs: [Refusal]
  /// Whether it was posted by an earlier request with the same key.
  package let isReplay: Bool
  /// Whether Redis has all its accounts as they are afterwards, or newer.
  package var isProjected: Bool
}
