// The handshake: libpq says what it waits for, the loop waits for it. Between two steps libpq may have closed
// one socket and opened another, even under the same number, so each step gets a new watch.
package import EventLoop

extension PostgresSession: DescriptorOwner {
  /// Connects; `attempt` counts up over retries and decides which address comes first.
  package static func connect(
    _ options: PostgresConnectionOptions, attempt: Int = 0, on loop: EventLoop
  ) async throws(PostgresError) -> PostgresSession {
    try await connect(options, attempt: attempt, on: loop) { _ in }
  }

  /// Shows the session to `began` before the handshake, so that it can be closed in the middle of it.
  static func connect(
    _ options: PostgresConnectionOptions, attempt: Int, on loop: EventLoop, began: (PostgresSession) -> Void
  ) async throws(PostgresError) -> PostgresSession {
    loop.preconditionInside()
    let deadline = loop.now + options.connectTimeout
    let addresses = try await lookUp(options, until: deadline, on: loop)
    let keywords = options.keywords(for: addresses, first: attempt)
    guard let connection = LibpqConnection(keywords: keywords, noticed: options.noticed) else {
      throw .connectionFailed(reason: "out of memory")
    }
    let session = PostgresSession(connection, options: options, on: loop)
    began(session)
    try await session.shakeHands(until: deadline)
    try await session.askForAdmission()
    return session
  }

  /// A resolver may sulk for longer than anybody wants to wait; then its answer is not waited for.
  private static func lookUp(
    _ options: PostgresConnectionOptions, until deadline: MonotonicInstant, on loop: EventLoop
  ) async throws(PostgresError) -> [ConnectionAddress] {
    let addresses = try options.addresses()
    guard addresses.contains(where: \.needsLookUp) else { return addresses }
    let race = LookUpRace()
    let timer = loop.setDeadline(at: deadline, for: race)
    loop.spawn {
      do throws(PostgresError) {
        race.outcome.fulfil(.success(try await options.resolvedAddresses(on: loop)))
      } catch {
        race.outcome.fulfil(.failure(error))
      }
    }
    let outcome = await race.outcome.value()
    loop.cancelDeadline(timer)
    return try outcome.get()
  }

  private func shakeHands(until deadline: MonotonicInstant) async throws(PostgresError) {
    socketDeadline = deadline
    do throws(PostgresError) {
      try await pollUntilConnected()
      serverVersion = connection.serverVersion
      guard serverVersion >= Self.oldestServer else { throw .unsupportedServer(version: serverVersion) }
      guard connection.becomeNonBlocking(), connection.enterPipelineMode() else {
        throw .connectionFailed(reason: connection.message)
      }
    } catch {
      fail(error)
      throw error
    }
    state.connected()
    renewWatch()
    watch?.watch(for: .readable)
  }

  /// Whoever opens sessions may look at each one before anybody uses it.
  private func askForAdmission() async throws(PostgresError) {
    guard let admission = options.admission else { return }
    do throws(PostgresError) {
      try await admission(self)
    } catch {
      fail(error)
      throw error
    }
  }

  private func pollUntilConnected() async throws(PostgresError) {
    guard !connection.isBad else { throw .connectionFailed(reason: connection.message) }
    var progress = ConnectionProgress.wantsToWrite
    while true {
      switch progress {
      case .connected: return
      case .failed(let reason): throw refusal(reason)
      case .wantsToRead: try await waitInHandshake(for: .readable)
      case .wantsToWrite: try await waitInHandshake(for: .writable)
      }
      watch?.close()
      watch = nil
      progress = connection.poll()
    }
  }

  /// A role that the login may not take stays out of reach however often we come. Before the session stands,
  /// libpq tells the server's sentence but not its code.
  private func refusal(_ reason: String) -> PostgresError {
    guard let role = options.role, reason.contains("role \"\(role)\"") else {
      return .connectionFailed(reason: reason)
    }
    let login = options.userName ?? "the user who logs in"
    return .unsuitable(
      reason: "\(login) cannot take the role \(role) (\(reason)): the database has not been migrated, or an"
        + " administrator has to run: GRANT \(role) TO \(login)")
  }

  private func waitInHandshake(for readiness: Readiness) async throws(PostgresError) {
    guard connection.descriptor >= 0 else { throw .connectionFailed(reason: connection.message) }
    renewWatch()
    do throws(PostgresError) {
      _ = try await waitForSocket(readiness)
    } catch .timedOut {
      throw .connectionFailed(reason: "the server did not answer within \(options.connectTimeout)")
    }
  }

  private func renewWatch() {
    watch?.close()
    watch = DescriptorWatch(descriptor: connection.descriptor, on: loop, owner: self)
  }

  /// Waits until the socket can do what is asked, once. Only in the handshake and out of pipeline mode,
  /// when there is one task that drives the connection.
  func waitForSocket(_ readiness: Readiness) async throws(PostgresError) -> Readiness {
    let event = OneShot<SocketEvent>()
    socketWaiter = event
    if let socketDeadline { timer.arm(socketDeadline, for: self, on: loop) }
    watch?.watch(for: readiness)
    let outcome = await event.value()
    socketWaiter = nil
    switch outcome {
    // Between the socket's word and this task's turn the session may have been closed, and libpq's connection
    // freed with it.
    case .ready where state.isClosed: throw .closed
    case .ready(let readiness): return readiness
    case .timedOut: throw .timedOut
    case .closed(let error): throw error
    }
  }

  package func descriptorReady(_ readiness: Readiness) {
    if state.isReady { return exchange(readiness) }
    // Nobody may be waiting, for the consumer of a COPY is slow: then nothing is watched until it comes back.
    watch?.watch(for: [])
    socketWaiter?.fulfil(.ready(readiness))
  }
}

/// The look-up of a name against the clock.
private final class LookUpRace: DeadlineOwner, @unchecked Sendable {
  let outcome = OneShot<Result<[ConnectionAddress], PostgresError>>()

  func deadlinePassed(_ id: DeadlineID) {
    outcome.fulfil(.failure(.connectionFailed(reason: "the host name was not resolved in time")))
  }
}
