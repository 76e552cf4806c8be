// A new key of a service; of its secret only the digest is stored.
import Cryptography
import Ledger
import PostgresClient

struct InsertKey: PostgresStatement {
  static let sql = PostgresSQL("insert_key", PackageResources.insert_key_sql)

  let key: APIKey
  let service: ServiceID
  let lifetime: Duration?

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(key.id)
    parameters.append(service.postgres)
    parameters.append(PostgresBytes(key.digest.bytes))
    parameters.append(key.hint)
    parameters.append(lifetime?.inSeconds)
  }
}
