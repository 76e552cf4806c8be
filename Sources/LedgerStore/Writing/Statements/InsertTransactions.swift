// The only statement that writes transactions.
import Ledger
import PostgresClient

struct InsertTransactions: PostgresStatement {
  static let sql = PostgresSQL("insert_transactions", PackageResources.insert_transactions_sql)

  let rows: [Transaction]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(rows: rows) { row, fields in
      fields.append(row.id.postgres)
      fields.append(row.account.user.text)
      fields.append(row.account.pointType.postgres)
      fields.append(row.version)
      fields.append(row.direction.rawValue)
      fields.append(row.amount)
      fields.append(row.before)
      fields.append(row.after)
      fields.append(row.totalEarned)
      fields.append(row.totalSpent)
      fields.append(row.kind.text)
      fields.append(row.details.category)
      fields.append(row.details.reason)
      fields.append(row.details.description)
      fields.append(row.details.actor)
      fields.append(row.details.validatorID)
      fields.append(row.details.relatedTo)
      fields.append(row.details.tournamentID)
      fields.append(row.details.registrationID)
      fields.append(row.reverses?.postgres)
      fields.append(row.details.metadata)
      fields.append(row.occurredAt.postgres)
      fields.append(row.createdAt.postgres)
      fields.append(row.createdBy.postgres)
    }
  }
}
