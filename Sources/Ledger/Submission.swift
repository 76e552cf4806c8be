// A posting on its way into the ledger, with what is remembered of its request; and what becomes of it.

package struct Submission: Sendable {
  package let posting: Posting
  /// What its key was answered before, if it was.
  package let remembered: RememberedRequest?
  /// An earlier attempt at this very posting was committed, though its answer was lost.
  package let isStanding: Bool

  package init(_ posting: Posting, remembered: RememberedRequest? = nil, isStanding: Bool = false) {
    self.posting = posting
    self.remembered = remembered
    self.isStanding = isStanding
  }
}

/// What is kept of a request, for ever.
package struct RememberedRequest: Sendable, Equatable {
  package enum Outcome: Sendable, Equatable {
    /// With how much was left of what it reversed.
    case posted(PostingID, remaining: Int64?)
    case refused(Refusal)
  }

  package let fingerprint: RequestFingerprint
  package let outcome: Outcome

  package init(fingerprint: RequestFingerprint, outcome: Outcome) {
    self.fingerprint = fingerprint
    self.outcome = outcome
  }
}

/// What was decided about one submission.
package enum Verdict: Sendable, Equatable {
  case accepted(Acceptance)
  case refused(Refusal)
  /// The same request was answered before, and gets the same answer.
  case replayed(RememberedRequest.Outcome)
  /// The same request stands earlier in this batch, at this place.
  case twin(of: Int)
  /// The key was used for another request; this field differs.
  case conflicting(RequestFingerprint.Field)
  /// A point type was deleted since the caller named it. Not an answer that is kept: it is as if never named.
  case typeGone(PointTypeID)
}

/// A posting that was made.
package struct Acceptance: Sendable, Equatable {
  /// In the order of the legs, without those that had nothing to take back.
  package let transactions: [Transaction]
  /// Of a posting that takes others back: how much of those is left afterwards.
  package let remaining: Int64?
  /// Of a posting that is decided leg by leg: what did not take effect, in the order of the legs.
  package let refusedLegs: [Refusal]

  package init(transactions: [Transaction], remaining: Int64?, refusedLegs: [Refusal] = []) {
    self.transactions = transactions
    self.remaining = remaining
    self.refusedLegs = refusedLegs
  }
}
