// A history for spreadsheets: one line for each transaction.
import Ledger

struct HistoryCSV {
  private static let columns = [
    "date", "type", "kind", "category", "description", "reason", "amount", "balanceAfter", "transactionId",
    "postingId", "version", "occurredAt", "actor", "validatorId", "relatedTo", "tournamentId",
    "registrationId", "reverses", "metadata",
  ]

  private var csv = CSVWriter()

  /// The line that names the columns.
  mutating func addHead() {
    csv.line(Self.columns)
  }

  mutating func add(_ transaction: Transaction) {
    let details = transaction.details
    csv.line([
      transaction.createdAt.rfc3339,
      transaction.direction.rawValue,
      transaction.kind.text,
      details.category,
      details.description,
      details.reason,
      "\(transaction.amount)",
      "\(transaction.after)",
      transaction.id.description,
      transaction.id.posting.description,
      "\(transaction.version)",
      transaction.occurredAt.rfc3339,
      details.actor,
      details.validatorID,
      details.relatedTo,
      details.tournamentID,
      details.registrationID,
      transaction.reverses?.description,
      details.metadata,
    ])
  }

  /// Hands out what was written and begins anew.
  mutating func take() -> [UInt8] { csv.take() }
}
