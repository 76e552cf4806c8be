// What a transaction is, and what follows from it for the running totals. The set is open: a back-end may
// have kinds of its own. Those below have a meaning to us.

/// A word of 1 to 32 small letters, digits and underscores that begins with a letter.
package struct Kind: Sendable, Hashable, CustomStringConvertible {
  package let text: String

  package init?(_ text: String) {
    let bytes = text.utf8
    guard (1...32).contains(bytes.count), let first = bytes.first, Self.isLetter(first),
      bytes.allSatisfy({ Self.isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
    else { return nil }
    self.text = text
  }

  /// For kinds that were checked before they were stored.
  package init(stored text: String) {
    self.text = text
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

  package var description: String { text }
}

extension Kind {
  /// What an award is unless the caller says otherwise.
  package static let award = Kind(stored: "award")
  /// What a deduction is unless the caller says otherwise.
  package static let purchase = Kind(stored: "purchase")
  package static let refund = Kind(stored: "refund")
  package static let penalty = Kind(stored: "penalty")
  package static let adjustment = Kind(stored: "adjustment")
  package static let redemption = Kind(stored: "redemption")
  package static let reversal = Kind(stored: "reversal")
  package static let distribution = Kind(stored: "distribution")
  package static let genesis = Kind(stored: "genesis")

  /// Only our own operations make transactions of these kinds: each promises more than a leg can.
  package static let reserved: Set<Kind> = [reversal, redemption, distribution, genesis]

  /// Whether a credit of this kind is earned. What comes back, and what sets a figure right, is not.
  package var isEarned: Bool {
    self != .refund && self != .reversal && self != .adjustment && self != .penalty
  }

  /// Whether a debit of this kind is spending. Penalties and corrections are not.
  package var isSpent: Bool { self == .purchase || self == .redemption }

  /// Whether the bounds of its point type apply. They are about what callers give and take, not about taking
  /// back, starting and paying out.
  package var isBounded: Bool { !Self.reserved.contains(self) }
}
