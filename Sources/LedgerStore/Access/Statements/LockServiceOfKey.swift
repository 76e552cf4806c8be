// The service of a key, for a transaction that changes its keys.
import PostgresClient

struct LockServiceOfKey: PostgresStatement {
  static let sql = PostgresSQL("lock_service_of_key", PackageResources.lock_service_of_key_sql)

  let keyID: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(keyID)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> StoredService {
    StoredService(id: try row.id(0), name: try row.value(1), role: try row.role(2))
  }
}
