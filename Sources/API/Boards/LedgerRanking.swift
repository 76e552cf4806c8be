// Boards made from the ledger, for as long as Redis cannot be asked: the two that a point type has, or one
// period of a defined one. All members lie in a few arrays, texts in one of them, so that a million of them
// are a few big blocks of memory; a board is the order of their places.
import BoardStore
import Boards
package import Ledger

/// What is read of the ledger at once.
package struct RankingSubject: Sendable, Hashable {
  /// A period of a defined board, and who is listed on it.
  struct Defined: Sendable, Hashable {
    let board: BoardID
    let slot: SlotKey
    let order: BoardOrder
    let eligibility: Eligibility
  }

  package let pointType: PointTypeID
  /// Nil for the two boards that every type has.
  let defined: Defined?

  init(_ pointType: PointTypeID, _ defined: Defined? = nil) {
    self.pointType = pointType
    self.defined = defined
  }

  /// The boards that come of it.
  var boards: [MirrorBoard] {
    defined.map { [.slot($0.slot, $0.order)] } ?? AllTimeBoard.allCases.map(MirrorBoard.allTime)
  }
}

/// Boards as they were; never changed once they are built.
package final class LedgerRanking: Sendable {
  /// A member by its texts, which lie one after the other from `text` on: the user's id, then the name.
  struct Member: Sendable {
    let text: Int
    let userBytes: UInt8
    let nameBytes: UInt16
  }

  package let pointType: PointTypeID
  /// When its reading began. What changed meanwhile may be in it or not.
  package let asOf: Instant
  /// In the order of the bytes of the users' ids.
  private let members: [Member]
  private let texts: [UInt8]
  private let boards: [MirrorBoard: RankedBoard]

  init(
    _ pointType: PointTypeID, asOf: Instant, members: [Member], texts: [UInt8],
    boards: [MirrorBoard: RankedBoard]
  ) {
    self.pointType = pointType
    self.asOf = asOf
    self.members = members
    self.texts = texts
    self.boards = boards
  }

  /// One that was not asked for has nobody on it.
  func ranked(_ board: MirrorBoard) -> RankedBoard {
    boards[board] ?? RankedBoard(board.order, standings: [])
  }

  // MARK: Members

  /// Nil for a user who has no account of this type, or none on these boards.
  func place(of user: UserID) -> Int? {
    var (low, high) = (0, members.count)
    while low < high {
      let middle = low + (high - low) / 2
      if isBefore(members[middle], user) { low = middle + 1 } else { high = middle }
    }
    guard low < members.count, self.user(members[low]) == user else { return nil }
    return low
  }

  /// With as much as the boards say of it.
  func account(at place: Int) -> NamedAccount {
    let member = members[place]
    var account = Account(
      key: AccountKey(user: user(member), pointType: pointType), updatedAt: Instant(microseconds: 0))
    for (board, ranked) in boards {
      guard let standing = ranked.standing(of: place) else { continue }
      account.updatedAt = max(account.updatedAt, standing.reachedAt)
      switch board {
      case .allTime(.balance):
        (account.balance, account.lastTransactionAt) = (standing.score, standing.reachedAt)
      case .allTime(.earned):
        (account.totalEarned, account.earnedAt) = (standing.score, standing.reachedAt)
      case .slot(let key, _):
        account.slots[key] = BoardSlot(
          key: key, score: standing.score, reachedAt: standing.reachedAt, count: 0)
      }
    }
    return NamedAccount(account, displayName: name(member))
  }

  private func user(_ member: Member) -> UserID {
    UserID(stored: text(member.text, Int(member.userBytes)))
  }

  private func name(_ member: Member) -> String? {
    guard member.nameBytes > 0 else { return nil }
    return text(member.text + Int(member.userBytes), Int(member.nameBytes))
  }

  private func text(_ begin: Int, _ count: Int) -> String {
    String(decoding: texts[begin..<(begin + count)], as: UTF8.self)
  }

  private func isBefore(_ member: Member, _ user: UserID) -> Bool {
    texts[member.text..<(member.text + Int(member.userBytes))].lexicographicallyPrecedes(user.text.utf8)
  }
}
