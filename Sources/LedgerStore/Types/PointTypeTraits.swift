// What an admin can say about a point type; its name and id stay.
package import Ledger

package struct PointTypeTraits: Sendable, Equatable {
  package static let displayNameBytesMax = 256
  package static let descriptionBytesMax = 4096

  package var displayName: String
  package var description: String?
  package var isEnabled = true
  package var minAmount: Int64?
  package var maxAmount: Int64?

  package init(displayName: String) {
    self.displayName = displayName
  }

  package init(of type: PointType) {
    displayName = type.displayName
    description = type.description
    isEnabled = type.isEnabled
    minAmount = type.minAmount
    maxAmount = type.maxAmount
  }

  /// Whether some amount lies within the bounds.
  package var hasPossibleBounds: Bool {
    guard let minAmount, let maxAmount else { return true }
    return minAmount <= maxAmount
  }
}
