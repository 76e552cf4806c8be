// The two directions of the wire: what arrives is matched to
// what was asked, what was asked in this turn leaves at its end.
package import EventLoop

extension PostgresSession: Flushable, DeadlineOwner {
  // MARK: Receiving

  func exchange(_ readiness: Readiness) {
    if readiness.contains(.readable) || readiness.contains(.hangUp) { receive() }
    if readiness.contains(.writable), state.isReady { transmit() }
  }

  /// A dying server's last words are still taken before the session is closed.
  private func receive() {
    let isAlive = connection.consumeInput()
    readReplies()
    guard state.isReady else { return }
    // What nobody asked for is taken as it comes: an idle session would keep all of it, and the next
    // statement could meet it as its answer.
    if replies.isEmpty { _ = connection.isBusy }
    guard isAlive, !connection.isBad else { return fail(.connectionLost(reason: connection.message)) }
  }

  /// With a connection libpq drops its own queue of commands, and then mistakes parts of what it had still
  /// read for whole answers. So from a dropped connection only errors are believed.
  private func readReplies() {
    var wasNil = false
    while !replies.isEmpty, !connection.isBusy {
      guard let result = connection.nextResult() else {
        // One nil ends each command. Two in a row would mean that libpq expects nothing while we do.
        guard !wasNil else { return fail(.connectionLost(reason: "an answer is missing")) }
        wasNil = true
        continue
      }
      wasNil = false
      guard !connection.isBad || result.kind == .failure else { return handleOutOfStep(result) }
      handle(result)
      guard state.isReady else { return }
    }
  }

  private func handle(_ result: LibpqResult) {
    switch replies.received(result.kind, result) {
    case .none: break
    case .clear(let result): result.clear()
    case .prepared(let index, let result):
      prepared.confirmed(index)
      result.clear()
    case .unprepared(let index, let result):
      prepared.refused(index)
      result?.clear()
    case .answer(let waiter, let result): waiter.resume(.one(result))
    case .refuse(let waiter, let result): waiter.resume(.failed(takeError(result)))
    case .askAgain(let waiter, let result):
      result.clear()
      waiter.resume(.askAgain)
    case .finish(let waiter, let results, let sync):
      sync.clear()
      waiter.resume(.unit(results))
    case .fail(let waiter, let error, let results, let sync):
      sync.clear()
      for result in results { result.clear() }
      waiter.resume(.failed(takeError(error)))
    case .outOfStep(let result): handleOutOfStep(result)
    }
  }

  private func takeError(_ result: LibpqResult) -> PostgresError {
    let error = PostgresError.server(result.serverError)
    result.clear()
    return error
  }

  /// Either libpq reports that the connection broke, or a statement did what a pipeline does not allow.
  private func handleOutOfStep(_ result: LibpqResult) {
    let reason = result.kind == .broken ? result.message : "an answer came that nobody had asked for"
    result.clear()
    fail(.connectionLost(reason: reason.isEmpty ? connection.message : reason))
  }

  // MARK: Sending

  func flushLater() {
    guard !isFlushScheduled else { return }
    isFlushScheduled = true
    loop.flushFirst(self)
  }

  package func flush() {
    isFlushScheduled = false
    guard state.isReady else { return }
    closeGroup()
    if state.isReady { transmit() }
  }

  /// Sends the sync that the commands since the last one still lack.
  func closeGroup() {
    switch openGroup {
    case .none: return
    case .shared: replies.expect(.groupEnd)
    case .unit: break
    }
    openGroup = .none
    statistics.roundTrips += 1
    if !connection.sync() { fail(.connectionLost(reason: connection.message)) }
  }

  private func transmit() {
    switch connection.flush() {
    case .done: watch?.watch(for: .readable)
    case .pending: watch?.watch(for: [.readable, .writable])
    case .failed: fail(.connectionLost(reason: connection.message))
    }
  }

  // MARK: Deadlines

  package func deadlinePassed(_ id: DeadlineID) {
    timer.rang()
    if !state.isReady { return socketDeadlinePassed() }
    guard let earliest = replies.earliestDeadline else { return }
    if earliest <= loop.now {
      fail(.timedOut)
    } else {
      timer.arm(earliest, for: self, on: loop)
    }
  }

  private func socketDeadlinePassed() {
    guard let socketDeadline, socketWaiter != nil else { return }
    if socketDeadline <= loop.now {
      socketWaiter?.fulfil(.timedOut)
    } else {
      timer.arm(socketDeadline, for: self, on: loop)
    }
  }
}
