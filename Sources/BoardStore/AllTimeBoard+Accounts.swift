// What an account has to do with each of the boards of its type.
package import Boards
package import Ledger

extension AllTimeBoard {
  /// The value of an account on this board; nil if it is not on it.
  package func score(of account: Account) -> Int64? {
    switch self {
    case .balance: account.version > 0 ? account.balance : nil
    case .earned: account.earnedAt == nil ? nil : account.totalEarned
    }
  }

  /// When it reached that value.
  package func reachedAt(of account: Account) -> Instant? {
    switch self {
    case .balance: account.lastTransactionAt
    case .earned: account.earnedAt
    }
  }
}
