// Why a posting was not made. A refusal is an answer, decided under the lock and remembered like an
// acceptance: the same request gets it again for ever. It tells which leg, and what would have to be
// different.

package struct Refusal: Sendable, Equatable {
  package enum Reason: Sendable, Equatable {
    /// More was asked for than can be spent.
    case insufficientBalance(available: Int64, missing: Int64)
    /// A bound of the point type.
    case belowMinimum(Int64)
    case aboveMaximum(Int64)
    /// More was to be taken back than is left of the original.
    case aboveReversible(Int64)
    /// Only users who are registered have accounts here.
    case userUnknown
    case userDisabled
    case typeDisabled
    /// A figure would leave the range of 64 bits.
    case overflow(Figure)
  }

  package enum Figure: Int64, Sendable, CaseIterable {
    case balance, totalEarned, totalSpent
  }

  package let reason: Reason
  /// The place of the leg in its posting, from 0 on.
  package let leg: Int

  package init(_ reason: Reason, leg: Int) {
    self.reason = reason
    self.leg = leg
  }
}

extension Refusal {
  /// The name under which it is remembered; never changed, for rows bear it for ever.
  package var storedName: String {
    switch reason {
    case .insufficientBalance: "insufficient_balance"
    case .belowMinimum: "below_minimum"
    case .aboveMaximum: "above_maximum"
    case .aboveReversible: "above_reversible"
    case .userUnknown: "user_unknown"
    case .userDisabled: "user_disabled"
    case .typeDisabled: "type_disabled"
    case .overflow: "overflow"
    }
  }

  package var storedFigures: [Int64] {
    switch reason {
    case .insufficientBalance(let available, let missing): [available, missing]
    case .belowMinimum(let bound), .aboveMaximum(let bound), .aboveReversible(let bound): [bound]
    case .userUnknown, .userDisabled, .typeDisabled: []
    case .overflow(let figure): [figure.rawValue]
    }
  }

  /// Nil for a name that this release does not know.
  package init?(storedName: String, figures: [Int64], leg: Int) {
    let reason: Reason
    switch (storedName, figures.count) {
    case ("insufficient_balance", 2):
      reason = .insufficientBalance(available: figures[0], missing: figures[1])
    case ("below_minimum", 1): reason = .belowMinimum(figures[0])
    case ("above_maximum", 1): reason = .aboveMaximum(figures[0])
    case ("above_reversible", 1): reason = .aboveReversible(figures[0])
    case ("user_unknown", 0): reason = .userUnknown
    case ("user_disabled", 0): reason = .userDisabled
    case ("type_disabled", 0): reason = .typeDisabled
    case ("overflow", 1):
      guard let figure = Figure(rawValue: figures[0]) else { return nil }
      reason = .overflow(figure)
    case _: return nil
    }
    self.init(reason, leg: leg)
  }
}

extension Refusal {
  /// What a person is told.
  package var sentence: String {
    switch reason {
    case .insufficientBalance(let available, let missing):
      "Not enough points: \(available) can be spent, \(missing) more would be needed."
    case .belowMinimum(let bound): "The amount is below the least of \(bound) that the point type allows."
    case .aboveMaximum(let bound): "The amount is above the most of \(bound) that the point type allows."
    case .aboveReversible(let bound):
      bound == 0
        ? "The transaction has been reversed wholly already."
        : "No more than \(bound) is left of the transaction to be reversed."
    case .userUnknown: "There is no such user, and only registered users can have points here."
    case .userDisabled: "The user is disabled."
    case .typeDisabled: "The point type is disabled."
    case .overflow(.balance): "The balance would become larger than 64 bits can hold."
    case .overflow(.totalEarned): "The sum of all points earned would become larger than 64 bits can hold."
    case .overflow(.totalSpent): "The sum of all points spent would become larger than 64 bits can hold."
    }
  }
}
