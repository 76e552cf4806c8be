// What callers see of a pool: statements that share sessions, and sessions that are lent.

extension PostgresPool {
  /// Runs one statement by itself, in the company of others
  /// on the same session. It is committed when this returns.
  @inlinable
  package func query<Statement: PostgresStatement>(
    _ statement: Statement
  ) async throws(PostgresError) -> [Statement.Row] {
    let lease = try await acquire(.statement)
    defer { release(lease) }
    return try await lease.lentSession().query(statement)
  }

  /// The only row, or nil; more than one is an error.
  @inlinable
  package func first<Statement: PostgresStatement>(
    _ statement: Statement
  ) async throws(PostgresError) -> Statement.Row? {
    let lease = try await acquire(.statement)
    defer { release(lease) }
    return try await lease.lentSession().first(statement)
  }

  /// How many rows the statement touched.
  @inlinable
  @discardableResult
  package func execute<Statement: PostgresStatement>(
    _ statement: Statement
  ) async throws(PostgresError) -> Int {
    let lease = try await acquire(.statement)
    defer { release(lease) }
    return try await lease.lentSession().execute(statement)
  }

  /// Runs the statements as one atomic unit, in the company of others on the same session.
  @inlinable
  package func pipeline<each Statement: PostgresStatement>(
    _ statement: repeat each Statement
  ) async throws(PostgresError) -> (repeat [(each Statement).Row]) {
    let lease = try await acquire(.statement)
    defer { release(lease) }
    return try await lease.lentSession().pipeline(repeat each statement)
  }

  /// Lends a session for the time of the closure.
  @discardableResult
  package func withSession<Value>(
    _ body: (PostgresSession) async throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    let lease = try await acquire(.lease)
    defer { release(lease) }
    let session = try lease.lentSession()
    let value = try await body(session)
    // What was done is done; if this fails the session is closed, and nobody is the worse for it.
    try? await session.settle()
    return value
  }

  /// Runs the closure in a transaction on a session of its own.
  @discardableResult
  package func transaction<Value>(
    _ body: (PostgresTransaction) async throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    try await withSession { session throws(PostgresError) in
      try await session.transaction(body)
    }
  }
}
