// Who gets which session. A value without sockets or clocks: events come in, actions go out and are carried
// out by the pool afterwards. A session is used in two ways. *Statements* share it, pipelined, as many as the
// bounds allow. A *lease* has it alone, for a transaction or a COPY.
//
// A lease needs a session without statements on it. While one waits, the least loaded session takes no new
// statements, so that a stream of them cannot keep a transaction out for ever.
import EventLoop

/// The decisions of a pool.
struct PoolStateMachine<Waiter> {
  enum Answer {
    case use(slot: Int, generation: Int)
    case wait
    case refuse(PostgresError)
  }

  enum Action {
    case lend(Waiter, slot: Int, generation: Int)
    case refuse(Waiter, PostgresError)
    case connect(slot: Int, attempt: Int)
    /// Reports `rested` when the delay before that attempt is over.
    case rest(slot: Int, attempt: Int)
    case close(slot: Int)
  }

  private enum Life {
    case open
    case closing
  }

  struct QueuedWaiter {
    let waiter: Waiter
    let ticket: Int
    let deadline: MonotonicInstant
  }

  let options: PostgresPoolOptions
  private(set) var slots: [PoolSlot]
  private var statements = FIFO<QueuedWaiter>()
  private var leases = FIFO<QueuedWaiter>()
  private var tickets = 0
  private var life = Life.open
  /// Why there is no session, once an attempt has failed: until one succeeds callers are refused at once, for
  /// waiting would only add their time-out to the outage.
  private var outage: PostgresError?

  init(_ options: PostgresPoolOptions) {
    self.options = options
    slots = Array(repeating: PoolSlot(), count: max(1, options.sessionsMax))
  }

  var waiting: Int { statements.count + leases.count }
  var isDrained: Bool { life == .closing && slots.allSatisfy { $0.phase == .empty } }

  // MARK: Demand

  mutating func start() -> [Action] {
    var actions: [Action] = []
    while inUse < min(options.sessionsMin, slots.count), let action = grow() { actions.append(action) }
    return actions
  }

  /// The answer to a demand, when there is one at once; else `wait`, `enqueue` and then `answerWaiters`.
  mutating func request(_ demand: PoolDemand) -> Answer {
    guard life == .open else { return .refuse(.closed) }
    if let slot = choose(demand, sparing: slotToDrain) { return take(slot, for: demand) }
    if let outage { return .refuse(outage) }
    return waiting < options.waitersMax ? .wait : .refuse(.queueFull)
  }

  /// Queues a waiter that was told to wait.
  mutating func enqueue(_ waiter: Waiter, _ demand: PoolDemand, deadline: MonotonicInstant) -> [Action] {
    let queued = QueuedWaiter(waiter: waiter, ticket: tickets, deadline: deadline)
    tickets += 1
    switch demand {
    case .statement: statements.append(queued)
    case .lease: leases.append(queued)
    }
    return isAnotherWanted ? grow().map { [$0] } ?? [] : []
  }

  /// One session on its way is enough for all waiting statements; a lease needs one of its own.
  private var isAnotherWanted: Bool {
    slots.count { $0.phase == .connecting } < leases.count + (statements.isEmpty ? 0 : 1)
  }

  /// Statements keep to sessions that are busy already, for in company they are cheap; only a full one makes
  /// them look for another. A lease takes the last idle session, away from where statements look first.
  private func choose(_ demand: PoolDemand, sparing drained: Int? = nil) -> Int? {
    switch demand {
    case .lease: return slots.lastIndex { $0.phase == .serving(0) }
    case .statement:
      let busy = slots.indices.first {
        $0 != drained && (1..<options.statementsPerSession).contains(load($0))
      }
      let idle = busy ?? slots.indices.first { $0 != drained && load($0) == 0 }
      return idle ?? leastLoaded { $0 != drained && $1 < options.statementsPerSessionMax }
    }
  }

  /// The session that takes no new statements because a lease waits for it.
  private var slotToDrain: Int? {
    leases.isEmpty ? nil : leastLoaded { _, _ in true }
  }

  private func leastLoaded(where isEligible: (Int, Int) -> Bool) -> Int? {
    var best: Int?
    for slot in slots.indices where load(slot) >= 0 && isEligible(slot, load(slot)) {
      if best.map({ load(slot) < load($0) }) ?? true { best = slot }
    }
    return best
  }

  /// Statements under way on a session that serves them, or -1.
  private func load(_ slot: Int) -> Int {
    if case .serving(let count) = slots[slot].phase { count } else { -1 }
  }

  private mutating func take(_ slot: Int, for demand: PoolDemand) -> Answer {
    slots[slot].wasUsed = true
    slots[slot].phase = demand == .lease ? .lent : .serving(load(slot) + 1)
    return .use(slot: slot, generation: slots[slot].generation)
  }

  private var inUse: Int { slots.count { $0.phase != .empty } }

  private mutating func grow() -> Action? {
    guard let slot = slots.firstIndex(where: { $0.phase == .empty }) else { return nil }
    slots[slot].phase = .connecting
    slots[slot].attempt = 0
    return .connect(slot: slot, attempt: 0)
  }

  /// Another session is wanted: all there are carry as many statements as they should.
  mutating func growIfCrowded() -> Action? {
    let isCrowded = slots.indices.allSatisfy {
      slots[$0].phase == .empty || load($0) >= options.statementsPerSession || slots[$0].phase == .lent
    }
    return isCrowded ? grow() : nil
  }

  // MARK: Work done

  /// A statement was answered or a lease was given back, and the session is as it was lent.
  mutating func finished(_ demand: PoolDemand, slot: Int, generation: Int) -> [Action] {
    guard slots[slot].generation == generation else { return [] }
    switch (demand, slots[slot].phase) {
    case (.statement, .serving(let count)): slots[slot].phase = .serving(max(0, count - 1))
    case (.lease, .lent): slots[slot].phase = .serving(0)
    case _: return []
    }
    slots[slot].attempt = 0
    if life == .closing { return closeIfIdle(slot) }
    return waiting == 0 ? [] : answerWaiters()
  }

  /// Gives out what has become free, the longest wait first.
  private mutating func answerWaiters() -> [Action] {
    var actions: [Action] = []
    while let (demand, slot) = nextDemand {
      let queued = demand == .lease ? leases.popFirst() : statements.popFirst()
      guard let queued, case .use(_, let generation) = take(slot, for: demand) else { break }
      actions.append(.lend(queued.waiter, slot: slot, generation: generation))
    }
    return actions
  }

  /// The older of the two queues' heads that can be served. A statement that came before the oldest lease
  /// need not spare the session that is drained for it.
  private var nextDemand: (PoolDemand, slot: Int)? {
    let isStatementOlder = (statements.first?.ticket ?? .max) < (leases.first?.ticket ?? .max)
    let sparing = isStatementOlder ? nil : slotToDrain
    let lease = leases.isEmpty ? nil : choose(.lease).map { (PoolDemand.lease, $0) }
    let statement =
      statements.isEmpty ? nil : choose(.statement, sparing: sparing).map { (PoolDemand.statement, $0) }
    return isStatementOlder ? statement ?? lease : lease ?? statement
  }

  // MARK: Sessions come and go

  mutating func connected(_ slot: Int) -> [Action] {
    guard life == .open else {
      slots[slot].phase = .serving(0)
      return closeIfIdle(slot)
    }
    outage = nil
    slots[slot].phase = .serving(0)
    slots[slot].generation += 1
    slots[slot].wasUsed = true
    return answerWaiters()
  }

  /// No session came of an attempt.
  mutating func connectFailed(_ slot: Int, _ error: PostgresError) -> [Action] {
    guard life == .open else {
      slots[slot].phase = .empty
      return []
    }
    slots[slot].attempt += 1
    slots[slot].phase = .resting
    var actions = [Action.rest(slot: slot, attempt: slots[slot].attempt)]
    if !slots.indices.contains(where: { load($0) >= 0 || slots[$0].phase == .lent }) {
      outage = error
      actions += refuseAll(error)
    }
    return actions
  }

  /// A session ended. The first time its slot connects again at once; a slot whose sessions die before they
  /// did any work rests like one that cannot connect.
  mutating func lost(_ slot: Int) -> [Action] {
    slots[slot].generation += 1
    guard life == .open, inUse <= options.sessionsMin || waiting > 0 else {
      slots[slot].phase = .empty
      return []
    }
    let attempt = slots[slot].attempt
    slots[slot].attempt += 1
    slots[slot].phase = attempt == 0 ? .connecting : .resting
    return [attempt == 0 ? .connect(slot: slot, attempt: attempt) : .rest(slot: slot, attempt: attempt)]
  }

  mutating func rested(_ slot: Int) -> [Action] {
    guard slots[slot].phase == .resting else { return [] }
    guard life == .open, inUse <= options.sessionsMin || waiting > 0 else {
      slots[slot].phase = .empty
      return []
    }
    slots[slot].phase = .connecting
    return [.connect(slot: slot, attempt: slots[slot].attempt)]
  }

  /// Closes what is above the minimum and was not used since the last call.
  mutating func closeUnused() -> [Action] {
    var actions: [Action] = []
    var spare = inUse - options.sessionsMin
    for slot in slots.indices.reversed() where slots[slot].phase == .serving(0) {
      if !slots[slot].wasUsed, spare > 0 {
        spare -= 1
        actions += closeIfIdle(slot)
      }
    }
    for slot in slots.indices { slots[slot].wasUsed = false }
    return actions
  }

  // MARK: Deadlines and the end

  var earliestDeadline: MonotonicInstant? {
    [statements.first?.deadline, leases.first?.deadline].compactMap(\.self).min()
  }

  /// All wait equally long, so only the heads of the queues can be overdue.
  mutating func expire(now: MonotonicInstant) -> [Action] {
    var actions: [Action] = []
    while let head = statements.first, head.deadline <= now, statements.popFirst() != nil {
      actions.append(.refuse(head.waiter, .poolExhausted))
    }
    while let head = leases.first, head.deadline <= now, leases.popFirst() != nil {
      actions.append(.refuse(head.waiter, .poolExhausted))
    }
    return actions + answerWaiters()
  }

  mutating func close() -> [Action] {
    life = .closing
    var actions = refuseAll(.closed)
    for slot in slots.indices {
      switch slots[slot].phase {
      case .resting: slots[slot].phase = .empty
      case .serving: actions += closeIfIdle(slot)
      case .empty, .connecting, .lent: break
      }
    }
    return actions
  }

  private mutating func closeIfIdle(_ slot: Int) -> [Action] {
    guard slots[slot].phase == .serving(0) else { return [] }
    slots[slot].phase = .empty
    slots[slot].generation += 1
    return [.close(slot: slot)]
  }

  private mutating func refuseAll(_ error: PostgresError) -> [Action] {
    var actions: [Action] = []
    while let queued = leases.popFirst() { actions.append(.refuse(queued.waiter, error)) }
    while let queued = statements.popFirst() { actions.append(.refuse(queued.waiter, error)) }
    return actions
  }
}
