// Balances as they are answered.
import JSON
import Ledger
import LedgerStore

extension JSONWriter {
  mutating func balance(_ balance: Balance, _ types: PointTypeCatalog) {
    object { $0.members(of: balance, types) }
  }

  mutating func members(of balance: Balance, _ types: PointTypeCatalog) {
    let account = balance.account
    field("userId", balance.key.user)
    field("pointType", types.name(of: balance.key.pointType))
    field("balance", account?.balance ?? 0)
    field("available", account?.available ?? 0)
    field("held", account?.held ?? 0)
    field("totalEarned", account?.totalEarned ?? 0)
    field("totalSpent", account?.totalSpent ?? 0)
    field("transactionCount", balance.version)
    field("lastTransactionAt", orNull: account?.lastTransactionAt)
    field("version", balance.version)
    field("updatedAt", orNull: account?.updatedAt)
    field("source", balance.source.name)
  }

  /// What an account was at an instant, which only its chain tells; holds are no part of it.
  mutating func balance(
    of key: AccountKey, at instant: Instant, after last: Transaction?, _ types: PointTypeCatalog
  ) {
    object {
      $0.field("userId", key.user)
      $0.field("pointType", types.name(of: key.pointType))
      $0.field("at", instant)
      $0.field("balance", last?.after ?? 0)
      $0.field("totalEarned", last?.totalEarned ?? 0)
      $0.field("totalSpent", last?.totalSpent ?? 0)
      $0.field("transactionCount", last?.version ?? 0)
      $0.field("lastTransactionAt", orNull: last?.createdAt)
      $0.field("version", last?.version ?? 0)
      $0.field("source", AnswerSource.ledger.name)
    }
  }
}
