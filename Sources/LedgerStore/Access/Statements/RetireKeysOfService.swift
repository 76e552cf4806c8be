// The end of all keys of a service, but for the one that replaces them.
import Ledger
import PostgresClient

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
