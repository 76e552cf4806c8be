// Asking. Everything up to the suspension happens at once: parameters are bound
// into the session's buffer, libpq copies them into its own, and the waiting
// task is queued. Nothing is allocated on the way but what libpq needs.
import EventLoop

extension PostgresSession {
  /// All rows. A statement that is not read-only is committed when this returns.
  @inlinable
  package func query<Statement: PostgresStatement>(
    _ statement: Statement
  ) async throws(PostgresError) -> [Statement.Row] {
    try await result(of: statement).rows(of: Statement.self)
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
    try await result(of: statement).affectedRows
  }

  /// Asks, and asks again where that is known to be harmless: when a neighbour's error skipped the statement,
  /// and once when the server had lost its prepared form.
  @inlinable
  func result<Statement: PostgresStatement>(
    of statement: Statement
  ) async throws(PostgresError) -> PostgresResult {
    var isShared = Statement.isReadOnly
    var mayPrepareAgain = true
    while true {
      try requireRoom()
      let generation = generation(of: Statement.sql)
      var parameters = takeParameters()
      statement.bind(to: &parameters)
      let reply = await unsafe withUnsafeContinuation { (continuation: UnsafeContinuation<Reply, Never>) in
        let waiter = unsafe SessionWaiter(continuation)
        send(Statement.sql, &parameters, isShared: isShared, waiter)
      }
      switch reply {
      case .one(let result): return PostgresResult(owning: result)
      case .unit(let results): return PostgresResult(owning: only(results))
      case .askAgain: isShared = false
      case .failed(let error):
        guard mayPrepareAgain, forget(Statement.sql, generation, after: error) else { throw error }
        mayPrepareAgain = false
      }
    }
  }

  /// Throws when a statement cannot be sent now.
  @usableFromInline
  func requireRoom() throws(PostgresError) {
    loop.preconditionInside()
    try state.requireReady()
    guard replies.count < options.inFlightLimit else { throw .queueFull }
  }

  /// Lends the session's buffer; a bind that asked the session
  /// for something else would find it gone, not in use.
  @usableFromInline
  func takeParameters() -> PostgresParameters {
    var parameters = PostgresParameters(borrowingNothing: ())
    swap(&parameters, &scratch)
    parameters.removeAll()
    return parameters
  }

  @usableFromInline
  func send(
    _ sql: PostgresSQL, _ parameters: inout PostgresParameters, isShared: Bool, _ waiter: SessionWaiter
  ) {
    let deadline = loop.now + options.answerTimeout
    let joins = isShared && prepared.state(of: sql.index) != .absent
    if joins { joinSharedGroup() } else { closeGroup() }
    // The sync of what came before may have found the connection broken.
    guard state.isReady else { return waiter.resume(.failed(.closed)) }
    let isSent: Bool
    if joins {
      replies.expect(.shared(waiter, deadline: deadline))
      isSent = connection.execute(prepared.name(of: sql), parameters)
      statistics.statements += 1
    } else {
      isSent = add(sql, parameters)
      replies.expect(.unitEnd(waiter, deadline: deadline))
      openGroup = .unit
    }
    swap(&parameters, &scratch)
    sent(isSent, deadline: deadline)
  }

  private func joinSharedGroup() {
    if case .shared(let count) = openGroup, count < Self.sharedGroupLimit {
      openGroup = .shared(count + 1)
    } else {
      closeGroup()
      openGroup = .shared(1)
    }
  }

  /// Adds one statement to the unit that is being sent, preparing it first if the server does not know it.
  func add(_ sql: PostgresSQL, _ parameters: borrowing PostgresParameters) -> Bool {
    if prepared.state(of: sql.index) == .absent {
      guard connection.prepare(prepared.name(of: sql), sql.text, types: parameters.types) else {
        return false
      }
      prepared.sent(sql.index)
      replies.expect(.prepare(sql.index))
    }
    replies.expect(.part)
    statistics.statements += 1
    return connection.execute(prepared.name(of: sql), parameters)
  }

  /// Either the commands are in libpq's buffer and will leave
  /// at the end of the turn, or nothing can be trusted.
  func sent(_ isSent: Bool, deadline: MonotonicInstant) {
    guard isSent else { return fail(.connectionLost(reason: connection.message)) }
    timer.arm(deadline, for: self, on: loop)
    flushLater()
  }

  @usableFromInline
  func generation(of sql: PostgresSQL) -> Int {
    prepared.generation(of: sql.index)
  }

  /// Whether the statement can be asked again under a new name. In a failed transaction nothing can.
  @usableFromInline
  func forget(_ sql: PostgresSQL, _ generation: Int, after error: PostgresError) -> Bool {
    guard case .server(let error) = error, error.asksToPrepareAgain else { return false }
    prepared.forget(sql, generation: generation)
    return mayAskAgain
  }

  /// A unit of one statement has one result; its prepare left none.
  @usableFromInline
  func only(_ results: [LibpqResult]) -> LibpqResult {
    precondition(results.count == 1, "A statement was answered with another number of results than one.")
    return results[0]
  }
}
