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
    try await takeTerm(from: pool) != nil
  }

  /// Takes or prolongs it, and says which term this is: as long as it is, nobody else had the lease.
  package func takeTerm(from pool: PostgresPool) async throws(PostgresError) -> Int64? {
    try await pool.first(TakeLease(lease: self))
  }

  package func giveBack(to pool: PostgresPool) async throws(PostgresError) {
    try await pool.execute(ReturnLease(lease: self))
  }

  /// Removes it for good, if it is ours.
  package func forget(in pool: PostgresPool) async throws(PostgresError) {
    try await pool.execute(ForgetLease(lease: self))
  }

  /// The names of the leases that begin so and that nobody has had for as long.
  package static func abandoned(
    _ beginning: String, for seconds: Double, in pool: PostgresPool
  ) async throws(PostgresError) -> [String] {
    try await pool.query(FindAbandonedLeases(beginning: beginning, seconds: seconds))
  }

  /// Removes all leases that nobody has had for as long, but those whose names begin so; how many there were.
  package static func sweep(
    unusedFor seconds: Double, sparing beginnings: [String], in pool: PostgresPool
  ) async throws(PostgresError) -> Int64 {
    try await pool.first(SweepLeases(seconds: seconds, spared: beginnings)) ?? 0
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

struct ForgetLease: PostgresStatement {
  static let sql = PostgresSQL("forget_lease", PackageResources.forget_lease_sql)

  let lease: Lease

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(lease.name)
    parameters.append(lease.holder.postgres)
  }
}

struct FindAbandonedLeases: PostgresStatement {
  static let sql = PostgresSQL("find_abandoned_leases", PackageResources.find_abandoned_leases_sql)
  static var isReadOnly: Bool { true }

  let beginning: String
  let seconds: Double

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(beginning)
    parameters.append(seconds)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> String {
    try row.value(0)
  }
}

struct SweepLeases: PostgresStatement {
  static let sql = PostgresSQL("sweep_leases", PackageResources.sweep_leases_sql)

  let seconds: Double
  let spared: [String]

  func bind(to parameters: inout PostgresParameters) {
    parameters.append(seconds)
    parameters.append(spared)
  }

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
    try row.value(0)
  }
}
