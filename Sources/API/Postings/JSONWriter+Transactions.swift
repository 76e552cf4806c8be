// Transactions and balances as they are answered, everywhere alike.
import HTTPServer
import JSON
import Ledger
import LedgerStore

extension JSONWriter {
  mutating func transaction(_ transaction: Transaction, _ types: PointTypeCatalog) {
    object {
      $0.field("id", transaction.id)
      $0.field("postingId", transaction.id.posting)
      $0.field("userId", transaction.account.user)
      $0.field("pointType", types.name(of: transaction.account.pointType))
      $0.field("type", transaction.direction == .credit ? "credit" : "debit" as StaticString)
      $0.field("amount", transaction.amount)
      $0.field("before", transaction.before)
      $0.field("after", transaction.after)
      $0.field("version", transaction.version)
      $0.field("kind", transaction.kind.text)
      $0.details(transaction.details)
      $0.field("reverses", orNull: transaction.reverses)
      $0.metadata(transaction.details.metadata)
      $0.field("occurredAt", transaction.occurredAt)
      $0.field("createdAt", transaction.createdAt)
      $0.field("createdBy", transaction.createdBy)
      $0.field("totalEarned", transaction.totalEarned)
      $0.field("totalSpent", transaction.totalSpent)
    }
  }

  /// What an account was after the transaction.
  mutating func balance(after transaction: Transaction, _ types: PointTypeCatalog) {
    object {
      $0.field("userId", transaction.account.user)
      $0.field("pointType", types.name(of: transaction.account.pointType))
      $0.field("balance", transaction.after)
      $0.field("totalEarned", transaction.totalEarned)
      $0.field("totalSpent", transaction.totalSpent)
      $0.field("transactionCount", transaction.version)
      $0.field("version", transaction.version)
    }
  }

  private mutating func details(_ details: TransactionDetails) {
    field("category", orNull: details.category)
    field("reason", orNull: details.reason)
    field("description", orNull: details.description)
    field("actor", orNull: details.actor)
    field("validatorId", orNull: details.validatorID)
    field("relatedTo", orNull: details.relatedTo)
    field("tournamentId", orNull: details.tournamentID)
    field("registrationId", orNull: details.registrationID)
  }

  /// It was JSON when it was stored.
  private mutating func metadata(_ text: String?) {
    key("metadata")
    if let text { raw(text.utf8.span) } else { null() }
  }
}

extension PointTypeCatalog {
  /// What callers call it. A type with transactions cannot be deleted, so one that has no name here is only
  /// not known here yet; its id names it as well.
  func name(of type: PointTypeID) -> String {
    byID[type]?.name ?? type.description
  }
}
