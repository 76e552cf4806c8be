// The defined boards of a point type, as whoever sends accounts knows them. A row may have places on boards
// that are not among them: those that are gone, which are left out, and those that were defined since, which
// the sender must learn of first. A board has a number higher than all before it, so one number tells them
// apart.
package import Boards
package import Ledger

/// A place of an account that is to be listed on a board.
package struct ListedSlot: Sendable {
  package let slot: BoardSlot
  package let order: BoardOrder

  /// What the sorted sets are ordered by, as texts of one width: they travel in one piece, and a script takes
  /// out those that it needs.
  static func scores(of slots: [ListedSlot]) -> [UInt8] {
    var scores: [UInt8] = []
    scores.reserveCapacity(scoreWidth * slots.count)
    for listed in slots {
      let text = ScoreEncoding.text(of: listed.order.merit(of: listed.slot.score))
      let sign = text.prefix { $0 == 0x2D }
      scores += sign
      scores.append(contentsOf: repeatElement(0x30, count: scoreWidth - text.count))
      scores += text[sign.count...]
    }
    return scores
  }

  /// No double has a longer text.
  private static let scoreWidth = 24
}

package struct ShownBoards: Sendable, Equatable {
  /// Boards of higher numbers were defined since this was learnt.
  package var highest: Int32
  private var boards: [Int32: LiveBoard]

  package init(_ boards: some Sequence<LiveBoard> = [], upTo highest: Int32 = 0) {
    self.boards = Dictionary(boards.map { ($0.number, $0) }) { $1 }
    self.highest = self.boards.keys.reduce(highest, max)
  }

  package subscript(number: Int32) -> LiveBoard? { boards[number] }

  /// In no order.
  package var all: some Collection<LiveBoard> { boards.values }

  /// Whether nothing is missing here that the account has a place on.
  package func covers(_ account: Account) -> Bool {
    // In the order of boards.
    account.slots.last.map { $0.key.board <= highest } ?? true
  }

  /// Whether a place there is mirrored: its board is not gone, and its period not closed for good.
  package func keeps(_ slot: SlotKey) -> Bool {
    boards[slot.board].map { slot.period >= $0.firstPeriod } ?? false
  }

  /// The places of an account that are listed, in the order of their keys.
  package func listed(_ named: NamedAccount) -> [ListedSlot] {
    guard !named.account.slots.isEmpty, !boards.isEmpty else { return [] }
    var listed: [ListedSlot] = []
    listed.reserveCapacity(named.account.slots.count)
    for slot in named.account.slots {
      guard let board = boards[slot.key.board], slot.key.period >= board.firstPeriod,
        board.eligibility.admits(slot, isEnabled: named.isEnabled)
      else { continue }
      listed.append(ListedSlot(slot: slot, order: board.order))
    }
    return listed
  }
}
