// A lease says who does what only one may do at a time. It is kept in Postgres, by Postgres's clock, and has
// an end: when its holder dies, or stops, somebody else takes it. So whoever holds one may have lost it by
// now, and every duty done under a lease must be harmless when done twice; the lease only keeps that rare.
package import Ledger
package import PostgresClient

/// One duty's lease, as one process asks for it.
package struct Lease: Sendable {
  let name: String
  let holder: UUIDBits
  let seconds: Double

  package init(_ name: String, holder: UUIDBits, seconds: Double) {
    self.name = name
    self.holder = holder
    self.seconds = seconds
  }

  /// Takes or prolongs it; whether it is ours now.
  package func take(from pool: PostgresPool) async throws(PostgresError) -> Bool {
    try await pool.first(TakeLease(lease: self)) != nil
  }

  package func giveBack(to pool: PostgresPool) async throws(PostgresError) {
    try await pool.execute(ReturnLease(lease: self))
  }
}

struct TakeLease: PostgresStatement {
  static let sql = PostgresSQL("take_lease", PackageResources.take_lease_sql)

  let lease: Lease

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(lease.name)
    parameters.append(lease.holder.postgres)
    parameters.append(lease.seconds)
  }

  /// The term.
  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}

struct ReturnLease: PostgresStatement {
  static let sql = PostgresSQL("return_lease", PackageResources.return_lease_sql)

  let lease: Lease

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(lease.name)
    parameters.append(lease.holder.postgres)
  }
}
