// Of what a snapshot is taken: a board as it was called then. Its name may be another's later, and the board
// may be gone; a snapshot still says what it shows.
package import Ledger

package struct SnapshotBoard: Sendable, Hashable {
  package enum Key: Sendable, Hashable {
    case balance, earned
    case defined(BoardID)
  }

  package let pointType: PointTypeID
  package let key: Key
  package let name: String
  /// Empty unless it is one of the boards that a board has for each category.
  package let category: String

  package init(pointType: PointTypeID, key: Key, name: String, category: String = "") {
    self.pointType = pointType
    self.key = key
    self.name = name
    self.category = category
  }

  package static func balance(of type: PointTypeID) -> Self {
    Self(pointType: type, key: .balance, name: Key.balance.text)
  }

  package static func earned(of type: PointTypeID) -> Self {
    Self(pointType: type, key: .earned, name: Key.earned.text)
  }
}

extension SnapshotBoard.Key {
  /// As it is stored.
  package var text: String {
    switch self {
    case .balance: "balance"
    case .earned: "earned"
    case .defined(let id): id.description
    }
  }

  package init?(text: String) {
    switch text {
    case "balance": self = .balance
    case "earned": self = .earned
    case _:
      guard let id = BoardID(text: text) else { return nil }
      self = .defined(id)
    }
  }
}
