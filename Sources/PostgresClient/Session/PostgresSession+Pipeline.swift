// Several statements in one flush and one sync. Outside a transaction the server treats them as one: either
// all take effect at the sync, or the first error undoes those before it and skips those behind it. So the
// caller gets all results or the first error, and there is no state in between.
import EventLoop

extension PostgresSession {
  /// Runs the statements as one atomic unit and returns the rows of each.
  @inlinable
  package func pipeline<each Statement: PostgresStatement>(
    _ statement: repeat each Statement
  ) async throws(PostgresError) -> (repeat [(each Statement).Row]) {
    var mayPrepareAgain = true
    while true {
      try openUnit()
      repeat add(each statement)
      switch await closeUnit() {
      case .success(let results):
        var results = PostgresResults(owning: results)
        return (repeat try results.nextRows(of: (each Statement).self))
      case .failure(let error):
        guard mayPrepareAgain, error.asksToPrepareAgain, mayAskAgain else { throw error }
        repeat forget((each Statement).sql)
        mayPrepareAgain = false
      }
    }
  }

  /// Runs any number of statements of one type as one atomic unit.
  @inlinable
  package func pipeline<Statement: PostgresStatement>(
    all statements: [Statement]
  ) async throws(PostgresError) -> [[Statement.Row]] {
    guard !statements.isEmpty else { return [] }
    var mayPrepareAgain = true
    while true {
      try openUnit()
      for statement in statements { add(statement) }
      switch await closeUnit() {
      case .success(let handles):
        var results = PostgresResults(owning: handles)
        var rows: [[Statement.Row]] = []
        for _ in statements { rows.append(try results.nextRows(of: Statement.self)) }
        return rows
      case .failure(let error):
        guard mayPrepareAgain, error.asksToPrepareAgain, mayAskAgain else { throw error }
        forget(Statement.sql)
        mayPrepareAgain = false
      }
    }
  }

  // MARK: Units

  /// Begins a unit: until `closeUnit` nothing else may be
  /// sent, and nothing is, for there is no suspension between.
  @usableFromInline
  func openUnit() throws(PostgresError) {
    try requireRoom()
    closeGroup()
    try state.requireReady()
    isUnitSent = true
  }

  @inlinable
  func add<Statement: PostgresStatement>(_ statement: Statement) {
    var parameters = takeParameters()
    statement.bind(to: &parameters)
    addToUnit(Statement.sql, &parameters)
  }

  @usableFromInline
  func addToUnit(_ sql: PostgresSQL, _ parameters: inout PostgresParameters) {
    if isUnitSent { isUnitSent = add(sql, parameters) }
    swap(&parameters, &scratch)
  }

  /// Ends the unit and waits for its results.
  @usableFromInline
  func closeUnit() async -> Result<[LibpqResult], PostgresError> {
    let reply = await unsafe withUnsafeContinuation { (continuation: UnsafeContinuation<Reply, Never>) in
      let deadline = loop.now + options.answerTimeout
      replies.expect(.unitEnd(unsafe SessionWaiter(continuation), deadline: deadline))
      openGroup = .unit
      sent(isUnitSent, deadline: deadline)
    }
    switch reply {
    case .unit(let results): return .success(results)
    case .failed(let error): return .failure(error)
    case .one, .askAgain: preconditionFailure("A unit was answered like a shared statement.")
    }
  }

  /// Waits until nothing is owed that nobody waits for. Who needs the session for itself, or gives it back,
  /// must not find the end of a group still on its way: an empty unit comes behind it.
  func settle() async throws(PostgresError) {
    guard state.isReady, replies.owesOnlyGroupEnds else { return }
    try openUnit()
    if case .failure(let error) = await closeUnit() { throw error }
  }

  /// Whether a unit that failed left nothing behind. libpq knows the transaction's state only when no answer
  /// is outstanding, so this is what `PostgresTransaction` says.
  @usableFromInline
  var mayAskAgain: Bool { state.isReady && !hasOpenTransaction }

  @usableFromInline
  func forget(_ sql: PostgresSQL) {
    prepared.forget(sql, generation: prepared.generation(of: sql.index))
  }
}

extension PostgresError {
  @usableFromInline
  var asksToPrepareAgain: Bool {
    guard case .server(let error) = self else { return false }
    return error.asksToPrepareAgain
  }
}
