// A point type is a currency: users have one account for each type they ever had points of.

package struct PointType: Sendable, Equatable {
  package let id: PointTypeID
  package let name: String
  package var displayName: String
  package var description: String?
  /// A disabled type refuses credits and debits; reads and reversals by an admin go on.
  package var isEnabled: Bool
  /// Bounds of one award or deduction through the API.
  package var minAmount: Int64?
  package var maxAmount: Int64?
  package let createdAt: Instant
  package var updatedAt: Instant

  package init(
    id: PointTypeID, name: String, displayName: String, description: String?, isEnabled: Bool,
    minAmount: Int64?, maxAmount: Int64?, createdAt: Instant, updatedAt: Instant
  ) {
    self.id = id
    self.name = name
    self.displayName = displayName
    self.description = description
    self.isEnabled = isEnabled
    self.minAmount = minAmount
    self.maxAmount = maxAmount
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }

  /// The type a caller means who names none.
  package static let defaultName = "points"

  /// 1 to 64 small letters, digits, hyphens and underscores, beginning with a letter or digit; never the text
  /// of a UUID, so that a name is never taken for an id.
  package static func isName(_ text: String) -> Bool {
    let bytes = text.utf8
    guard (1...64).contains(bytes.count), let first = bytes.first, isLetterOrDigit(first) else {
      return false
    }
    guard bytes.allSatisfy({ isLetterOrDigit($0) || $0 == 0x2D || $0 == 0x5F }) else { return false }
    return UUIDBits(text: text) == nil
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
  }
}
