// The statements by which an administrator manages the keys of services.
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

struct ListKeys: PostgresStatement {
  static let sql = PostgresSQL("list_keys", PackageResources.list_keys_sql)
  static var isReadOnly: Bool { true }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> KeyListing {
    KeyListing(
      id: try row.value(0), hint: try row.value(1), service: try row.value(2), role: try row.role(3),
      createdAt: try row.instant(4), expiresAt: try row.optionalInstant(5),
      revokedAt: try row.optionalInstant(6), isValid: try row.value(7))
  }
}

struct RetireKey: PostgresStatement {
  static let sql = PostgresSQL("retire_key", PackageResources.retire_key_sql)

  let id: String
  let grace: Duration

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(grace.inSeconds)
  }
}

struct RetireKeysOfService: PostgresStatement {
  static let sql = PostgresSQL("retire_keys_of_service", PackageResources.retire_keys_of_service_sql)

  let service: ServiceID
  let kept: String?
  let grace: Duration

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(service.postgres)
    parameters.append(kept)
    parameters.append(grace.inSeconds)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> String {
    try row.value(0)
  }
}

extension Duration {
  fileprivate var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
