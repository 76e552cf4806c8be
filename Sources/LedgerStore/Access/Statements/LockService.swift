// A service by its name, for a transaction that changes its keys.
import PostgresClient

struct LockService: PostgresStatement {
  static let sql = PostgresSQL("lock_service", PackageResources.lock_service_sql)

  let name: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(name)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> StoredService {
    StoredService(id: try row.id(0), name: try row.value(1), role: try row.role(2))
  }
}
