// The service of a name: there is one afterwards, and its role may be another one than was asked for.
import Ledger
import PostgresClient

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
