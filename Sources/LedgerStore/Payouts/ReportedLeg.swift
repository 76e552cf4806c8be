// A line of a payout as its report tells of it: all attempts together, and where its transactions are.
package import Ledger

package struct ReportedLeg: Sendable, Equatable {
  package enum State: String, Sendable, CaseIterable {
    /// All of it was given, or taken back.
    case credited, takenBack
    /// Of what is to be taken back a part, for there was no more.
    case partlyTakenBack
    /// It was posted, and did not take effect.
    case refused
    /// It was not posted at all.
    case notPosted
  }

  package let line: NumberedLeg
  /// Nil for whoever is not ranked any more, and where the entries of the ranks are gone.
  package let score: Int64?
  package let wasPosted: Bool
  /// Why the last attempt did not take effect.
  package let refusal: Refusal?
  /// Of its amount what took effect.
  package let effective: Int64
  /// In the order in which they were made; of what is given there is one.
  package let transactions: [TransactionID]
  /// When the last of them was made.
  package let postedAt: Instant?

  package var outstanding: Int64 { line.leg.amount - effective }

  package var state: State {
    switch (line.leg.change, effective) {
    case (_, 0): wasPosted ? .refused : .notPosted
    case (.give, _): .credited
    case (.takeBack, line.leg.amount): .takenBack
    case (.takeBack, _): .partlyTakenBack
    }
  }
}
