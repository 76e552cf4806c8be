// A transaction is lent to a closure and ends with it: COMMIT if it returns,
// ROLLBACK if it throws. BEGIN travels with the first statement and COMMIT may
// travel with the last ones, so a transaction of one step costs one round trip.

/// An open transaction. Use it only inside the closure it was lent to, and await all it was asked.
@usableFromInline
package final class PostgresTransaction {
  private enum Phase {
    /// Nothing has been sent. Becomes `open` with the first statement, or ends without a word.
    case unopened
    case open
    /// COMMIT was answered with success.
    case committed
    /// COMMIT or ROLLBACK were answered; nothing of it remains.
    case rolledBack
  }

  @usableFromInline package let session: PostgresSession
  private var phase = Phase.unopened {
    didSet { session.hasOpenTransaction = phase == .open }
  }
  private var isGivenUp = false

  init(on session: PostgresSession) {
    self.session = session
  }

  // MARK: Asking

  @inlinable
  package func query<Statement: PostgresStatement>(
    _ statement: Statement
  ) async throws(PostgresError) -> [Statement.Row] {
    try await pipeline(statement)
  }

  /// The only row, or nil; more than one is an error.
  @inlinable
  package func first<Statement: PostgresStatement>(
    _ statement: Statement
  ) async throws(PostgresError) -> Statement.Row? {
    let rows = try await query(statement)
    guard rows.count <= 1 else { throw .unexpectedRowCount(rows.count) }
    return rows.first
  }

  /// How many rows the statement touched.
  @inlinable
  @discardableResult
  package func execute<Statement: PostgresStatement>(
    _ statement: Statement
  ) async throws(PostgresError) -> Int {
    try open()
    session.add(statement)
    var results = try await answers(isCommit: false)
    return try results.next().affectedRows
  }

  /// Several statements in one flush. The first error skips the others and fails the transaction.
  @inlinable
  package func pipeline<each Statement: PostgresStatement>(
    _ statement: repeat each Statement
  ) async throws(PostgresError) -> (repeat [(each Statement).Row]) {
    try open()
    repeat session.add(each statement)
    var results = try await answers(isCommit: false)
    return (repeat try results.nextRows(of: (each Statement).self))
  }

  /// The last statements and COMMIT in one flush. If it throws
  /// `connectionLost` or `timedOut` the outcome is unknown.
  @inlinable
  package func commit<each Statement: PostgresStatement>(
    with statement: repeat each Statement
  ) async throws(PostgresError) -> (repeat [(each Statement).Row]) {
    try open()
    repeat session.add(each statement)
    var results = try await answers(isCommit: true)
    return (repeat try results.nextRows(of: (each Statement).self))
  }

  /// Has the transaction rolled back although its closure returns.
  package func giveUp() {
    isGivenUp = true
  }

  // MARK: COPY

  package func copyIn<Copy: PostgresCopy>(
    _ copy: Copy, _ body: (PostgresCopyWriter) async throws(PostgresError) -> Void
  ) async throws(PostgresError) -> Int {
    try await begin()
    return try await session.copyIn(copy, body)
  }

  /// Has BEGIN answered before something that does not travel with it.
  func begin() async throws(PostgresError) {
    if phase == .unopened { _ = try await pipeline() }
  }

  // MARK: Units

  /// Begins a unit of the transaction, with BEGIN in front of the first one: if BEGIN fails, what follows it
  /// is skipped and not executed outside a transaction.
  @usableFromInline
  func open() throws(PostgresError) {
    precondition(phase == .unopened || phase == .open, "A transaction was used after its end.")
    try session.openUnit()
    if phase == .unopened { session.add(BeginTransaction()) }
  }

  @usableFromInline
  func answers(isCommit: Bool) async throws(PostgresError) -> PostgresResults {
    if isCommit { session.add(CommitTransaction()) }
    let isFirst = phase == .unopened
    phase = .open
    var results = PostgresResults(owning: try await session.closeUnit().get())
    if isFirst { _ = try results.next() }
    if isCommit { try noteCommit(tag: results.lastTag) }
    return results
  }

  private func noteCommit(tag: String?) throws(PostgresError) {
    guard tag == "COMMIT" else {
      phase = .rolledBack
      throw .transactionRolledBack
    }
    phase = .committed
  }

  // MARK: The end

  /// The closure returned.
  func finish() async throws(PostgresError) {
    switch phase {
    case .unopened, .committed, .rolledBack: return
    case .open where isGivenUp: try await rollBack()
    case .open: try await commit()
    }
  }

  /// The closure threw; the error returned is what the caller of the transaction gets.
  func abort(_ cause: PostgresError) async -> PostgresError {
    guard phase == .open, session.isReady else { return cause }
    do throws(PostgresError) {
      try await rollBack()
      return cause
    } catch {
      // A session with an open transaction is of no use to anybody; closing it ends the transaction too.
      session.close()
      return .rollbackFailed(cause: cause, rollback: error)
    }
  }

  private func rollBack() async throws(PostgresError) {
    try await end(with: RollBackTransaction())
    phase = .rolledBack
  }

  private func end<Statement: PostgresStatement>(with statement: Statement) async throws(PostgresError) {
    try session.openUnit()
    session.add(statement)
    _ = PostgresResults(owning: try await session.closeUnit().get())
  }

  private func commit() async throws(PostgresError) {
    do throws(PostgresError) {
      try session.openUnit()
      _ = try await answers(isCommit: true)
    } catch {
      throw await abort(error)
    }
  }
}

extension PostgresSession {
  /// Runs the closure in a transaction. The session must be the caller's own for that time.
  @discardableResult
  package func transaction<Value>(
    _ body: (PostgresTransaction) async throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    let transaction = PostgresTransaction(on: self)
    let value: Value
    do throws(PostgresError) {
      value = try await body(transaction)
    } catch {
      throw await transaction.abort(error)
    }
    try await transaction.finish()
    return value
  }
}
