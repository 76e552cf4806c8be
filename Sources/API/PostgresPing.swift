// The smallest question there is: it tells whether the way to Postgres and back is open, and what it costs.
package import PostgresClient

package struct PostgresPing: PostgresStatement {
  package static let sql = PostgresSQL("ping", PackageResources.ping_sql)
  package static var isReadOnly: Bool { true }

  package init() {}

  package static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int32 {
    try row.value(0)
  }
}
