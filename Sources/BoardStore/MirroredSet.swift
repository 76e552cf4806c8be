// A sorted set of a mirror by its name alone: what a verifier works with, who believes no definition.
package import Boards
package import Ledger

package enum MirroredSet: Sendable, Hashable, CustomStringConvertible {
  case allTime(AllTimeBoard)
  case slot(SlotKey)

  package static var balance: Self { .allTime(.balance) }
  package static var earned: Self { .allTime(.earned) }
  /// Those that every type has.
  package static var always: [Self] { AllTimeBoard.allCases.map(Self.allTime) }

  package var description: String {
    switch self {
    case .allTime(let board): board.rawValue
    case .slot(let key): "board \(key.board), period \(key.period)"
    }
  }

  /// The score of an account on this board; nil if it is not on it.
  package func score(of account: Account) -> Int64? {
    switch self {
    case .allTime(let board): board.score(of: account)
    case .slot(let key): account.slots[key]?.score
    }
  }

  /// When it reached that score.
  package func reachedAt(of account: Account) -> Instant? {
    switch self {
    case .allTime(let board): board.reachedAt(of: account)
    case .slot(let key): account.slots[key]?.reachedAt
    }
  }

  /// What scripts call the board.
  var name: [UInt8] {
    switch self {
    case .allTime(let board): board.rawValue.utf8.bytes
    case .slot(let key): key.bytes
    }
  }

  /// What its sums are called.
  var sumName: [UInt8] {
    switch self {
    case .allTime(let board): board.rawValue.utf8.bytes
    case .slot(let key): key.hexadecimal
    }
  }

  func key(in keys: MirrorKeys) -> [UInt8] {
    switch self {
    case .allTime(.balance): keys.balance
    case .allTime(.earned): keys.earned
    case .slot(let key): keys.members(of: key)
    }
  }
}
