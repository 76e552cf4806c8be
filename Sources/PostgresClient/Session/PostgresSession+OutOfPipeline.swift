// Some things are not allowed in pipeline mode: COPY, and scripts of many statements. For them the session
// leaves that mode, works through one of them as a plain sequence of waits on the socket, and returns. During
// that time it can do nothing else.
import EventLoop

/// How long the server may be silent out of pipeline mode.
enum Patience {
  /// Each wait by itself: a stream may be long, but never silent.
  case eachWait(Duration)
  case allTogether(until: MonotonicInstant)
}

extension PostgresSession {
  // MARK: The frame

  /// What the body returns leaves the session in step with the
  /// server, errors included; what it throws does not.
  func outOfPipeline<Value>(
    patience: Patience, _ body: () async throws(PostgresError) -> Result<Value, PostgresError>
  ) async throws(PostgresError) -> Value {
    loop.preconditionInside()
    try await settle()
    try state.leavePipeline(isIdle: replies.isEmpty)
    timer.cancel(on: loop)
    self.patience = patience
    let outcome: Result<Value, PostgresError>
    do throws(PostgresError) {
      guard connection.exitPipelineMode() else { throw lost }
      outcome = try await body()
    } catch {
      fail(error)
      throw error
    }
    resumePipeline()
    return try outcome.get()
  }

  /// The pipeline is entered again only if the server has nothing more to say.
  private func resumePipeline() {
    guard state.phase == .outOfPipeline else { return }
    guard connection.enterPipelineMode() else { return fail(lost) }
    socketDeadline = nil
    timer.cancel(on: loop)
    state.resumePipeline()
    watch?.watch(for: .readable)
  }

  var lost: PostgresError {
    .connectionLost(reason: connection.message)
  }

  // MARK: Asking

  func sendSimple(_ sql: PostgresSQL) async throws(PostgresError) {
    guard connection.sendSimple(sql.text) else { throw lost }
    statistics.statements += 1
    statistics.roundTrips += 1
    try await flushSimple()
  }

  /// Waits until all output has left, reading what comes
  /// meanwhile: a server that complains must find a listener.
  func flushSimple() async throws(PostgresError) {
    while true {
      switch connection.flush() {
      case .done: return
      case .failed: throw lost
      case .pending:
        if try await waitOutOfPipeline([.readable, .writable]).contains(.readable) {
          guard connection.consumeInput() else { throw lost }
        }
      }
    }
  }

  func nextSimpleResult() async throws(PostgresError) -> LibpqResult? {
    while connection.isBusy {
      _ = try await waitOutOfPipeline(.readable)
      guard connection.consumeInput() else { throw lost }
    }
    return connection.nextResult()
  }

  func waitOutOfPipeline(_ readiness: Readiness) async throws(PostgresError) -> Readiness {
    switch patience {
    case .eachWait(let limit): socketDeadline = loop.now + limit
    case .allTogether(let end): socketDeadline = end
    }
    return try await waitForSocket(readiness)
  }
}
