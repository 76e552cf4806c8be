// Whether the service could change what was posted. It must not be able to: asked by /ready again and again,
// because a grant can be made at any time.
package import PostgresClient

package struct DescribePowers: PostgresStatement {
  package struct Row: Sendable, Equatable {
    package let role: String
    package let couldChangeTransactions: Bool

    package init(role: String, couldChangeTransactions: Bool) {
      self.role = role
      self.couldChangeTransactions = couldChangeTransactions
    }
  }

  package static let sql = PostgresSQL("describe_powers", PackageResources.describe_powers_sql)
  package static var isReadOnly: Bool { true }

  package init() {}

  package static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row {
    Row(role: try row.value(0), couldChangeTransactions: try row.value(1))
  }
}
