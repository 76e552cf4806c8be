// A question whose answer shows whose it is: with many callers on one connection, an answer that reached the
// wrong one would otherwise look like any other.
import PostgresClient

struct PostgresEcho: PostgresStatement {
  static let sql = PostgresSQL("echo", PackageResources.echo_sql)
  static var isReadOnly: Bool { true }

  let text: String

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(text)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> String {
    try row.value(0)
  }
}
