// A worker's access to Redis: one connection that is made again whenever it ends, a breaker before it, and
// the commands (in the extensions). While Redis cannot be reached commands fail at once; nothing is kept for
// later, for whoever asked has moved on by then.
package import EventLoop

/// The Redis client of one worker; used on its loop only.
package final class RedisClient: @unchecked Sendable {
  package let address: RedisAddress
  package let loop: EventLoop
  package let options: RedisOptions
  let scripts: [RedisScript]
  let defaultTimeout: Int64
  package internal(set) var counters = RedisCounters()
  /// From the turn that sent a command to its reply.
  package internal(set) var latency = LatencyHistogram()
  package internal(set) var serverVersion: RedisVersion?
  /// The digests that the server of this connection gave.
  var digests: [ObjectIdentifier: [UInt8]] = [:]
  /// The flush in which each script was last loaded again, so that calls of one turn load it once.
  var reloads: [ObjectIdentifier: Int] = [:]

  /// The connection that serves commands: connected, authenticated, scripts loaded.
  var ready: RedisConnection?
  /// A connection that is not ready yet.
  var beginning: RedisConnection?
  package internal(set) var breaker: CircuitBreaker
  var schedule: ReconnectSchedule
  private var breakerAlarm: DeadlineID?
  var pause: (alarm: DeadlineID, over: OneShot<Void>)?
  private var drain: (alarm: DeadlineID, over: OneShot<Void>)?
  private(set) var isClosing = false
  /// Why the server that was reached last cannot be used at all.
  var unsupportedServer: String?
  private var lastError = "Redis has not been connected yet"

  package init(
    address: RedisAddress, loop: EventLoop, scripts: [RedisScript] = [],
    options: RedisOptions = RedisOptions()
  ) {
    self.address = address
    self.loop = loop
    self.scripts = scripts
    self.options = options
    defaultTimeout = options.timeout.wholeNanoseconds
    breaker = CircuitBreaker(options: options.breaker)
    schedule = ReconnectSchedule(options: options.reconnect)
  }

  // MARK: Life

  /// Connects and reconnects until `close` or cancellation.
  package func run() async {
    loop.preconditionInside()
    await withTaskCancellationHandler {
      while !isClosing, !Task.isCancelled {
        lastError = await serveOneConnection()
        guard !isClosing, !Task.isCancelled else { break }
        counters.disconnections &+= 1
        await waitToReconnect()
      }
      shut()
    } onCancel: {
      loop.post { [self] in shut() }
    }
  }

  /// Refuses new commands, lets those in flight end for at most the given time, and ends `run()`.
  package func close(deadline: Duration) async {
    loop.preconditionInside()
    guard !isClosing else { return }
    isClosing = true
    if let ready, !ready.slots.isEmpty {
      let over = OneShot<Void>()
      drain = (loop.setDeadline(after: deadline, for: self), over)
      await over.value()
      if let drain { loop.cancelDeadline(drain.alarm) }
      drain = nil
    }
    shut()
  }

  private func shut() {
    isClosing = true
    ready?.end("the client is closed")
    beginning?.end("the client is closed")
    pause?.over.fulfil(())
    if let breakerAlarm { loop.cancelDeadline(breakerAlarm) }
    breakerAlarm = nil
  }

  /// Whether Redis serves; asks no server, so it is free.
  package var health: RedisHealth {
    if isClosing { return .unavailable("the Redis client is closed") }
    if let unsupportedServer { return .unsupported(unsupportedServer) }
    guard ready != nil else { return .unavailable(lastError) }
    return breaker.allowsCommands ? .ready : .unavailable(RedisUnavailable.circuitOpen.description)
  }

  /// Commands whose answers are owed.
  package var inFlight: Int { ready?.slots.count ?? 0 }

  // MARK: Told by the connection

  func connectionEnded(_ connection: RedisConnection) {
    if ready === connection { ready = nil }
    drain?.over.fulfil(())
  }

  /// Replies came, and commands that waited for them go on.
  func connectionAnswered(_ connection: RedisConnection) {
    breaker.answered()
    if isClosing, connection.slots.isEmpty { drain?.over.fulfil(()) }
  }

  /// The breaker is about callers: a connection that times out at its begin has not served any yet.
  func commandsTimedOut(_ commands: Int, on connection: RedisConnection) {
    guard connection === ready else { return }
    counters.timeouts &+= commands
    perform(breaker.timedOut(commands: commands, at: loop.now))
  }

  func probeAnswered() { breaker.probeAnswered() }

  func probeFailed() { perform(breaker.probeFailed(at: loop.now)) }

  private func perform(_ action: CircuitBreaker.Action) {
    switch action {
    case .none: break
    case .wake(let instant):
      stopBreakerAlarm()
      breakerAlarm = loop.setDeadline(at: instant, for: self)
    case .probe:
      guard let ready else { return }
      ready.send(to: .probe, timeout: defaultTimeout) { $0.append(contentsOf: Self.ping) }
    }
  }

  func stopBreakerAlarm() {
    if let breakerAlarm { loop.cancelDeadline(breakerAlarm) }
    breakerAlarm = nil
  }

  // MARK: Admission

  /// The connection for so many commands, or why they cannot be sent.
  @inline(__always)
  func admit(commands: Int = 1) throws(RedisUnavailable) -> RedisConnection {
    loop.preconditionInside()
    guard let ready, breaker.allowsCommands, !isClosing, ready.hasRoom(for: commands) else {
      throw refuse(commands)
    }
    return ready
  }

  private func refuse(_ commands: Int) -> RedisUnavailable {
    counters.refusals &+= commands
    if isClosing { return .closed }
    guard ready != nil else { return .notConnected }
    return breaker.allowsCommands ? .overloaded : .circuitOpen
  }
}

extension RedisClient: DeadlineOwner {
  package func deadlinePassed(_ id: DeadlineID) {
    if id == pause?.alarm {
      pause?.over.fulfil(())
    } else if id == drain?.alarm {
      drain?.over.fulfil(())
    } else if id == breakerAlarm {
      breakerAlarm = nil
      perform(breaker.openPeriodPassed(at: loop.now))
    }
  }
}
