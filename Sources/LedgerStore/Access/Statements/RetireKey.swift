// The end of one key, at once or after a grace.
import PostgresClient

struct RetireKey: PostgresStatement {
  static let sql = PostgresSQL("retire_key", PackageResources.retire_key_sql)

  let id: String
  let grace: Duration

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(id)
    parameters.append(grace.inSeconds)
  }
}
