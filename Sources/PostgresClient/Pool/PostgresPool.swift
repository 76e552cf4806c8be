// The sessions of one worker, on its loop. Who gets which is decided by `PoolStateMachine`; here its actions
// are carried out, after the decision is complete.
package import EventLoop

/// A bounded set of sessions. Loop thread only.
@usableFromInline
package final class PostgresPool: @unchecked Sendable {
  typealias Machine = PoolStateMachine<PoolWaiter>

  private enum Life {
    case open
    /// Nothing new is taken; somebody waits in `close` for what is under way.
    case closing
    /// Every session has ended. Never left.
    case closed
  }

  package let loop: EventLoop
  package let connectionOptions: PostgresConnectionOptions
  private var machine: Machine
  private var sessions: [PostgresSession?]
  private var restTimers: [DeadlineID?]
  private var timer = EarliestDeadline()
  private var sweepTimer: DeadlineID?
  private var lastFailure: PostgresError?
  private var life = Life.open
  private var closeTimer: DeadlineID?
  /// Every session has ended, or the time for that is over.
  private let drained = OneShot<Void>()
  private let closed = OneShot<Void>()
  /// Further ones who asked to close while that was under way, and wait for the same end.
  private var alsoClosing: [OneShot<Void>] = []
  private var counters = PostgresPoolStatistics()
  /// From being given a session to the answer, for statements by themselves.
  package private(set) var latency = LatencyHistogram()

  package init(
    _ connection: PostgresConnectionOptions, _ options: PostgresPoolOptions = PostgresPoolOptions(),
    on loop: EventLoop
  ) {
    self.loop = loop
    connectionOptions = connection
    machine = Machine(options)
    sessions = Array(repeating: nil, count: machine.slots.count)
    restTimers = Array(repeating: nil, count: machine.slots.count)
  }

  // MARK: Life

  /// Keeps the minimum of sessions alive until `close`.
  package func run() async {
    loop.preconditionInside()
    sweepTimer = loop.setDeadline(after: machine.options.idleLifetime, for: self)
    perform(machine.start())
    await closed.value()
  }

  /// Takes nothing new, waits for what is under way until the deadline, and then ends it. The first call's
  /// grace counts; a further call returns when that one's end has come.
  package func close(within grace: Duration) async {
    loop.preconditionInside()
    switch life {
    case .open: life = .closing
    case .closing: return await closingByAnother()
    case .closed: return
    }
    perform(machine.close())
    closeTimer = loop.setDeadline(after: grace, for: self)
    for slot in sessions.indices where machine.slots[slot].phase == .connecting { sessions[slot]?.close() }
    noteIfDrained()
    await drained.value()
    for session in sessions { session?.close() }
    stopTimers()
    life = .closed
    closed.fulfil(())
    for other in alsoClosing { other.fulfil(()) }
    alsoClosing = []
  }

  private func closingByAnother() async {
    let end = OneShot<Void>()
    alsoClosing.append(end)
    await end.value()
  }

  private func noteIfDrained() {
    if machine.isDrained { drained.fulfil(()) }
  }

  private func stopTimers() {
    timer.cancel(on: loop)
    if let closeTimer { loop.cancelDeadline(closeTimer) }
    if let sweepTimer { loop.cancelDeadline(sweepTimer) }
    for case let id? in restTimers { loop.cancelDeadline(id) }
  }

  // MARK: State for people

  /// Whether there is a session, or in a sentence why not.
  package var health: PostgresHealth {
    loop.preconditionInside()
    if sessions.indices.contains(where: isUsable) { return .ready }
    guard let lastFailure else { return .notReady("no connection to Postgres yet") }
    switch lastFailure {
    case .unsupportedServer, .unsuitable: return .unsupported(lastFailure.description)
    case _: return .notReady(lastFailure.description)
    }
  }

  /// A session that waits for its admission is ready, but not for us.
  private func isUsable(_ slot: Int) -> Bool {
    machine.slots[slot].phase != .connecting && sessions[slot]?.isReady ?? false
  }

  package var statistics: PostgresPoolStatistics {
    loop.preconditionInside()
    var sum = counters
    sum.waiting = machine.waiting
    for case let session? in sessions { sum.add(session) }
    return sum
  }

  // MARK: Lending

  /// A session with a place for the caller, at once or when one is free.
  @usableFromInline
  func acquire(_ demand: PoolDemand) async throws(PostgresError) -> PoolLease {
    loop.preconditionInside()
    switch machine.request(demand) {
    case .use(let slot, let generation): return lease(slot, generation, demand)
    case .refuse(let error): throw error
    case .wait: return try await wait(demand)
    }
  }

  private func wait(_ demand: PoolDemand) async throws(PostgresError) -> PoolLease {
    counters.waits += 1
    let outcome = await unsafe withUnsafeContinuation {
      (continuation: UnsafeContinuation<PoolWaiter.Outcome, Never>) in
      let deadline = loop.now + machine.options.waitTimeout
      let waiter = unsafe PoolWaiter(continuation)
      let actions = machine.enqueue(waiter, demand, deadline: deadline)
      timer.arm(deadline, for: self, on: loop)
      perform(actions)
    }
    switch outcome {
    case .lent(let slot, let generation): return lease(slot, generation, demand)
    case .refused(let error): throw error
    }
  }

  private func lease(_ slot: Int, _ generation: Int, _ demand: PoolDemand) -> PoolLease {
    if demand == .statement, let action = machine.growIfCrowded() { perform([action]) }
    // Between being lent and being used the session may have made way for another, which is not ours.
    let session = machine.slots[slot].generation == generation ? sessions[slot] : nil
    return PoolLease(session: session, slot: slot, generation: generation, demand: demand, begin: loop.now)
  }

  /// Takes a session back. One that is not as it was lent is closed: nobody shall inherit a transaction.
  @usableFromInline
  func release(_ lease: PoolLease) {
    if lease.demand == .statement { latency.note(nanoseconds: loop.now.nanoseconds(since: lease.begin)) }
    if let session = lease.session, session.isReady, !isReusable(session, lease) { session.close() }
    let actions = machine.finished(
      lease.demand, slot: lease.slot, generation: lease.generation)
    if !actions.isEmpty { perform(actions) } else { noteIfDrained() }
  }

  private func isReusable(_ session: PostgresSession, _ lease: PoolLease) -> Bool {
    switch lease.demand {
    case .lease: session.isPristine
    case .statement: session.inFlight > 0 || session.isPristine
    }
  }

  // MARK: Actions

  private func perform(_ actions: [Machine.Action]) {
    for action in actions {
      switch action {
      case .lend(let waiter, let slot, let generation):
        waiter.resume(.lent(slot: slot, generation: generation))
      case .refuse(let waiter, let error):
        counters.refusals += 1
        waiter.resume(.refused(error))
      case .connect(let slot, let attempt): connect(slot, attempt)
      case .rest(let slot, let attempt): rest(slot, attempt)
      case .close(let slot):
        let session = sessions[slot].take()
        if let session { counters.retire(session) }
        session?.owner = nil
        session?.close()
      }
    }
    noteIfDrained()
  }

  private func connect(_ slot: Int, _ attempt: Int) {
    counters.connects += 1
    loop.spawn { [self] in
      do throws(PostgresError) {
        let session = try await PostgresSession.connect(connectionOptions, attempt: attempt, on: loop) {
          sessions[slot] = $0
        }
        session.owner = self
        lastFailure = nil
        perform(machine.connected(slot))
      } catch {
        sessions[slot] = nil
        lastFailure = error
        counters.connectFailures += 1
        perform(machine.connectFailed(slot, error))
      }
    }
  }

  private func rest(_ slot: Int, _ attempt: Int) {
    let chance = Double.random(in: 0..<1)
    let delay = machine.options.reconnectDelay.delay(before: attempt, chance: chance)
    restTimers[slot] = loop.setDeadline(after: delay, for: self)
  }
}

extension PostgresPool: DeadlineOwner, PostgresSessionOwner {
  package func deadlinePassed(_ id: DeadlineID) {
    if let slot = restTimers.firstIndex(of: id) {
      restTimers[slot] = nil
      perform(machine.rested(slot))
    } else if id == closeTimer {
      closeTimer = nil
      drained.fulfil(())
    } else if id == sweepTimer {
      sweepTimer = loop.setDeadline(after: machine.options.idleLifetime, for: self)
      perform(machine.closeUnused())
    } else {
      timer.rang()
      perform(machine.expire(now: loop.now))
      if let next = machine.earliestDeadline { timer.arm(next, for: self, on: loop) }
    }
  }

  func sessionClosed(_ session: PostgresSession, _ error: PostgresError) {
    guard let slot = sessions.firstIndex(where: { $0 === session }) else { return }
    counters.losses += 1
    counters.retire(session)
    lastFailure = error
    sessions[slot] = nil
    perform(machine.lost(slot))
  }
}
