// The only statement that writes transactions.
import Ledger
import PostgresClient

struct InsertTransactions: PostgresStatement {
  static let sql = PostgresSQL("insert_transactions", PackageResources.insert_transactions_sql)

  let rows: [Transaction]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: rows) { $0.id.postgres }
    parameters.append(column: rows) { $0.account.user.text }
    parameters.append(column: rows) { $0.account.pointType.postgres }
    parameters.append(column: rows) { $0.version }
    parameters.append(column: rows) { $0.direction.rawValue }
    parameters.append(column: rows) { $0.amount }
    parameters.append(column: rows) { $0.before }
    parameters.append(column: rows) { $0.after }
    parameters.append(column: rows) { $0.totalEarned }
    parameters.append(column: rows) { $0.totalSpent }
    parameters.append(column: rows) { $0.kind.text }
    parameters.append(nullableColumn: rows) { $0.details.category }
    parameters.append(nullableColumn: rows) { $0.details.reason }
    parameters.append(nullableColumn: rows) { $0.details.description }
    parameters.append(nullableColumn: rows) { $0.details.actor }
    parameters.append(nullableColumn: rows) { $0.details.validatorID }
    parameters.append(nullableColumn: rows) { $0.details.relatedTo }
    parameters.append(nullableColumn: rows) { $0.details.tournamentID }
    parameters.append(nullableColumn: rows) { $0.details.registrationID }
    parameters.append(nullableColumn: rows) { $0.reverses?.postgres }
    parameters.append(nullableColumn: rows) { $0.details.metadata }
    parameters.append(column: rows) { $0.occurredAt.postgres }
    parameters.append(column: rows) { $0.createdAt.postgres }
    parameters.append(column: rows) { $0.createdBy.postgres }
  }
}
