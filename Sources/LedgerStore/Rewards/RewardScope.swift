// Whose ranks a rule rewards.
package import Ledger

/// One board of a point type, or all those of the type that have no rules of their own.
package struct RewardScope: Sendable, Hashable {
  package let pointType: PointTypeID
  /// As on a snapshot: `balance`, `earned`, or the id of a board that was defined.
  package let board: String?

  package init(pointType: PointTypeID, board: String? = nil) {
    self.pointType = pointType
    self.board = board
  }

  package init(_ board: SnapshotBoard) {
    self.init(pointType: board.pointType, board: board.key.text)
  }

  /// By which the audit knows it.
  var subject: String { board.map { "\(pointType)/\($0)" } ?? pointType.description }
}

/// A scope as people call it.
package struct NamedRewardScope: Sendable, Equatable {
  package let scope: RewardScope
  /// Nil for a point type's own.
  package let boardName: String?
  /// Empty unless it is one of the boards that a board has for each category.
  package let category: String

  package init(_ scope: RewardScope, boardName: String? = nil, category: String = "") {
    self.scope = scope
    self.boardName = boardName
    self.category = category
  }

  package init(_ board: SnapshotBoard) {
    self.init(RewardScope(board), boardName: board.name, category: board.category)
  }
}
