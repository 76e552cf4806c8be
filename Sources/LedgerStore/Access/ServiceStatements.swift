// The statements by which an administrator manages services.
import Ledger
import PostgresClient

/// A service as it is stored.
struct StoredService: Sendable {
  let id: ServiceID
  let name: String
  let role: Role
}

struct EnsureService: PostgresStatement {
  static let sql = PostgresSQL("ensure_service", PackageResources.ensure_service_sql)

  let name: String
  let role: Role

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(name)
    parameters.append(role.rawValue)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> (ServiceID, Role) {
    (try row.id(0), try row.role(1))
  }
}

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
