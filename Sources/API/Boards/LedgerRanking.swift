// The boards of a point type made from the ledger, for as long as Redis cannot be asked. All members lie in
// two arrays, fixed parts in one and texts in the other, so that a million of them are a few big blocks of
// memory; a board is the order of their places.
import Boards
package import Ledger

/// The boards of one point type as they were; never changed once it is built.
package final class LedgerRanking: Sendable {
  /// A member without its texts, which lie one after the other from `text` on: the user's id, then the name.
  struct Member: Sendable {
    let text: Int
    let userBytes: UInt8
    let nameBytes: UInt16
    let balance: Int64
    let balanceAt: Int64
    let earned: Int64
    /// Nil for who is not on the board `earned`.
    let earnedAt: Int64?

    func score(_ board: AllTimeBoard) -> Int64 { board == .balance ? balance : earned }
    func reachedAt(_ board: AllTimeBoard) -> Int64 { board == .balance ? balanceAt : earnedAt ?? 0 }
  }

  package let pointType: PointTypeID
  /// When its reading began. What changed meanwhile may be in it or not.
  package let asOf: Instant
  /// In the order of the bytes of the users' ids.
  let members: [Member]
  let texts: [UInt8]
  /// The places of members on each board, the best first.
  private let byBalance: [UInt32]
  private let byEarned: [UInt32]
  private let balanceSum: Int128
  private let earnedSum: Int128

  init(_ pointType: PointTypeID, asOf: Instant, members: [Member], texts: [UInt8]) {
    self.pointType = pointType
    self.asOf = asOf
    self.members = members
    self.texts = texts
    byBalance = Self.order(of: members, on: .balance)
    byEarned = Self.order(of: members, on: .earned)
    balanceSum = members.reduce(0) { $0 + Int128($1.balance) }
    earnedSum = members.reduce(0) { $0 + ($1.earnedAt == nil ? 0 : Int128($1.earned)) }
  }

  func order(_ board: AllTimeBoard) -> [UInt32] { board == .balance ? byBalance : byEarned }

  func sum(_ board: AllTimeBoard) -> Int128 { board == .balance ? balanceSum : earnedSum }

  /// Earliest first among equals, then by the bytes of the id, which is the order of the members.
  private static func order(of members: [Member], on board: AllTimeBoard) -> [UInt32] {
    var order: [UInt32] = []
    order.reserveCapacity(members.count)
    for place in members.indices where board == .balance || members[place].earnedAt != nil {
      order.append(UInt32(place))
    }
    order.sort {
      let (left, right) = (members[Int($0)], members[Int($1)])
      if left.score(board) != right.score(board) { return left.score(board) > right.score(board) }
      if left.reachedAt(board) != right.reachedAt(board) {
        return left.reachedAt(board) < right.reachedAt(board)
      }
      return $0 < $1
    }
    return order
  }

  // MARK: Members

  func user(_ member: Member) -> UserID {
    UserID(stored: text(member.text, Int(member.userBytes)))
  }

  func name(_ member: Member) -> String? {
    guard member.nameBytes > 0 else { return nil }
    return text(member.text + Int(member.userBytes), Int(member.nameBytes))
  }

  private func text(_ begin: Int, _ count: Int) -> String {
    String(decoding: texts[begin..<(begin + count)], as: UTF8.self)
  }

  /// Nil for a user who has no account of this type.
  func member(_ user: UserID) -> (place: Int, member: Member)? {
    var (low, high) = (0, members.count)
    while low < high {
      let middle = low + (high - low) / 2
      if isBefore(members[middle], user) { low = middle + 1 } else { high = middle }
    }
    guard low < members.count, self.user(members[low]) == user else { return nil }
    return (low, members[low])
  }

  private func isBefore(_ member: Member, _ user: UserID) -> Bool {
    texts[member.text..<(member.text + Int(member.userBytes))].lexicographicallyPrecedes(user.text.utf8)
  }
}
