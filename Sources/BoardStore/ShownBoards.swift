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

  package init(slot: BoardSlot, order: BoardOrder) {
    self.slot = slot
    self.order = order
  }
}

package struct ShownBoards: Sendable, Equatable {
  /// Boards of higher numbers were defined since this was learnt.
  package var highest: Int32
  /// In the order of their numbers, each once.
  private var boards: [LiveBoard]

  package init(_ boards: some Sequence<LiveBoard> = [], upTo highest: Int32 = 0) {
    self.boards = Dictionary(boards.map { ($0.number, $0) }) { $1 }.values.sorted { $0.number < $1.number }
    self.highest = max(highest, self.boards.last?.number ?? highest)
  }

  package subscript(number: Int32) -> LiveBoard? {
    var (low, high) = (0, boards.count)
    while low < high {
      let middle = (low + high) / 2
      if boards[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low < boards.count && boards[low].number == number ? boards[low] : nil
  }

  package var all: some Collection<LiveBoard> { boards }

  /// Whether nothing is missing here that the account has a place on.
  package func covers(_ account: Account) -> Bool {
    // In the order of boards.
    account.slots.last.map { $0.key.board <= highest } ?? true
  }

  /// Whether a place there is mirrored: its board is not gone, and its period not closed for good.
  package func keeps(_ slot: SlotKey) -> Bool {
    self[slot.board].map { slot.period >= $0.firstPeriod } ?? false
  }

  /// Hands over the places of an account that are listed, in the order of their keys. That is the order of
  /// boards, too, so none of them is looked up.
  package func forEachListed(of named: NamedAccount, _ body: (BoardSlot, BoardOrder) -> Void) {
    var place = 0
    for slot in named.account.slots {
      while place < boards.count, boards[place].number < slot.key.board { place += 1 }
      guard place < boards.count else { return }
      guard boards[place].number == slot.key.board, slot.key.period >= boards[place].firstPeriod,
        boards[place].eligibility.admits(slot, isEnabled: named.isEnabled)
      else { continue }
      body(slot, boards[place].order)
    }
  }
}
