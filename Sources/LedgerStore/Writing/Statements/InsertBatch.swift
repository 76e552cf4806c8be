// The note by which changes are numbered and mirrored.
import Ledger
import PostgresClient

struct InsertBatch: PostgresStatement {
  static let sql = PostgresSQL("insert_batch", PackageResources.insert_batch_sql)

  /// As they are afterwards.
  let accounts: [Account]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(column: accounts) { $0.key.user.text }
    parameters.append(column: accounts) { $0.key.pointType.postgres }
    parameters.append(column: accounts) { $0.revision }
    parameters.append(accounts.map(\.updatedAt).max()?.postgres)
  }
}
