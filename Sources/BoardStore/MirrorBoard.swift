// Which board of a point type is meant: one of the two that every type has, or one period of a defined one.
package import Boards
package import Ledger

package enum MirrorBoard: Sendable, Hashable {
  case allTime(AllTimeBoard)
  case slot(SlotKey, BoardOrder)

  package static var balance: Self { .allTime(.balance) }
  package static var earned: Self { .allTime(.earned) }

  package var order: BoardOrder {
    switch self {
    case .allTime: BoardOrder()
    case .slot(_, let order): order
    }
  }

  /// The score of an account on this board; nil if it is not on it.
  package func score(of account: Account) -> Int64? { set.score(of: account) }

  /// When it reached that score.
  package func reachedAt(of account: Account) -> Instant? { set.reachedAt(of: account) }

  /// The sorted set of its members.
  package var set: MirroredSet {
    switch self {
    case .allTime(let board): .allTime(board)
    case .slot(let key, _): .slot(key)
    }
  }

  /// As all scripts that read boards take them.
  func readingKeys(_ keys: MirrorKeys) -> [[UInt8]] {
    switch self {
    case .allTime: [keys.accounts, set.key(in: keys), keys.sums]
    case .slot(let slot, _): [keys.accounts, set.key(in: keys), keys.sums, keys.scores(of: slot)]
    }
  }

  /// What all scripts that read boards are told first.
  var readingArguments: [[UInt8]] { [set.name, order.style.rawValue.utf8.bytes] }

  /// The ranks of rows among themselves.
  package func localRanks(of rows: [BoardRow?]) -> [Int64?] {
    order.style.ranks(among: rows.map { $0.map { order.merit(of: $0.score) } }) { left, right in
      guard let a = rows[left]?.account.account, let b = rows[right]?.account.account else { return false }
      let (timeOfA, timeOfB) = (reachedAt(of: a), reachedAt(of: b))
      if let timeOfA, let timeOfB, timeOfA != timeOfB { return timeOfA < timeOfB }
      return a.key.user < b.key.user
    }
  }
}

extension SlotKey {
  /// As packed accounts have it.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(bigEndian: bits)
    return bytes
  }

  var hexadecimal: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    bytes.append(hexadecimal: UInt64(bitPattern: bits), digits: 16)
    return bytes
  }

  /// From the bytes in a packed account, or from hexadecimal digits.
  init?(hexadecimal digits: [UInt8]) {
    guard digits.count == 16, let bits = digits.hexadecimal(at: 0, digits: 16) else { return nil }
    self.init(bits: Int64(bitPattern: bits))
  }
}
