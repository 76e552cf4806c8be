// A board that somebody defined, beside the two that every point type has.
package import Ledger

package struct BoardDefinition: Sendable, Equatable {
  package enum State: String, Sendable {
    /// What was in the ledger before it is being counted; it is not read meanwhile.
    case filling
    case ready
    /// Its periods could not be laid down, so nothing counts on it; it is filled once they can.
    case stopped
    case removed
  }

  package let id: BoardID
  /// By which slots name it.
  package let number: Int32
  package let pointType: PointTypeID
  package let name: String
  /// Of the boards that a board has for single categories: which one. Else empty.
  package let category: String
  package var traits: BoardTraits
  package var state: State
  package let createdAt: Instant
  package var updatedAt: Instant

  package init(
    id: BoardID, number: Int32, pointType: PointTypeID, name: String, category: String, traits: BoardTraits,
    state: State, createdAt: Instant, updatedAt: Instant
  ) {
    self.id = id
    self.number = number
    self.pointType = pointType
    self.name = name
    self.category = category
    self.traits = traits
    self.state = state
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }

  /// Named as point types are; never one of the two that every type has.
  package static func isName(_ text: String) -> Bool {
    PointType.isName(text) && AllTimeBoard(rawValue: text) == nil
  }
}
