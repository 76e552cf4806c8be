// A posting is the only way a balance changes: one or more legs that take effect together or not at all; or,
// where many are paid by one, each leg for itself.

/// Whether points come or go.
package enum Direction: String, Sendable, CaseIterable {
  case credit, debit

  package var opposite: Direction { self == .credit ? .debit : .credit }
}

/// What a caller wants changed, before it is decided.
package struct Posting: Sendable {
  package static let legsMax = 1000

  /// What a leg that is refused means for the others.
  package enum Decision: Sendable {
    /// None takes effect.
    case together
    /// Nothing: the others take effect without it. What was refused is part of the answer.
    case legByLeg
  }

  package let id: PostingID
  package let legs: [Leg]
  /// Under which it is done once, however often it is asked for.
  package let request: Request?
  package let service: ServiceID
  /// An admin may take back what was posted in a point type, or to a user, that is disabled by now.
  package let isByAdmin: Bool
  package let decision: Decision

  package init(
    id: PostingID, legs: [Leg], request: Request?, service: ServiceID, isByAdmin: Bool,
    decision: Decision = .together
  ) {
    precondition((1...Self.legsMax).contains(legs.count), "A posting has 1 to 1,000 legs.")
    self.id = id
    self.legs = legs
    self.request = request
    self.service = service
    self.isByAdmin = isByAdmin
    self.decision = decision
  }
}

/// One change of one account.
package struct Leg: Sendable {
  package enum Change: Sendable {
    case credit(Int64)
    case debit(Int64)
    case reversal(Reversal)
  }

  package let account: AccountKey
  package let change: Change
  package let kind: Kind
  package let details: TransactionDetails

  package init(account: AccountKey, change: Change, kind: Kind, details: TransactionDetails) {
    self.account = account
    self.change = change
    self.kind = kind
    self.details = details
  }
}

/// A key that a service gave its request, as digests.
package struct Request: Sendable {
  /// Of the service and its key.
  package let digest: UUIDBits
  /// Of what was asked.
  package let fingerprint: RequestFingerprint
  /// Whether a refusal is the answer for ever. Else it is as if never asked: the same key may be used again,
  /// also for something else.
  package let keepsRefusals: Bool

  package init(digest: UUIDBits, fingerprint: RequestFingerprint, keepsRefusals: Bool = true) {
    self.digest = digest
    self.fingerprint = fingerprint
    self.keepsRefusals = keepsRefusals
  }
}
