// The pool's decisions, without a server and without time.
import EventLoop
import Testing

@testable import PostgresClient

@Suite struct PoolStateMachineTests {
  private typealias Machine = PoolStateMachine<Int>
  private static let later = MonotonicInstant(nanoseconds: 1000)
  private static let outage = PostgresError.connectionFailed(reason: "down")

  private static func options(min: Int, max: Int, statements: Int = 2) -> PostgresPoolOptions {
    var options = PostgresPoolOptions()
    options.sessionsMin = min
    options.sessionsMax = max
    options.statementsPerSession = statements
    options.statementsPerSessionMax = statements * 2
    options.waitersMax = 3
    return options
  }

  /// A machine whose minimum of sessions is connected.
  private static func running(min: Int, max: Int, statements: Int = 2) -> Machine {
    var machine = Machine(options(min: min, max: max, statements: statements))
    for case .connect(let slot, _) in machine.start() { _ = machine.connected(slot) }
    return machine
  }

  private static func lent(_ actions: [Machine.Action]) -> [Int] {
    actions.compactMap { if case .lend(let waiter, _, _) = $0 { waiter } else { nil } }
  }

  private static func refused(_ actions: [Machine.Action]) -> [Int] {
    actions.compactMap { if case .refuse(let waiter, _) = $0 { waiter } else { nil } }
  }

  private static func connects(_ actions: [Machine.Action]) -> [Int] {
    actions.compactMap { if case .connect(let slot, _) = $0 { slot } else { nil } }
  }

  private static func slot(_ answer: Machine.Answer) -> Int? {
    if case .use(let slot, _) = answer { slot } else { nil }
  }

  @Test func `statements keep company until a session is full`() {
    var machine = Self.running(min: 2, max: 2)
    let slots = (0..<8).map { _ in Self.slot(machine.request(.statement)) }
    #expect(slots == [0, 0, 1, 1, 0, 1, 0, 1])
    guard case .wait = machine.request(.statement) else {
      Issue.record("the bound was passed")
      return
    }
  }

  @Test func `a lease has its session alone`() {
    var machine = Self.running(min: 2, max: 2)
    let lease = Self.slot(machine.request(.lease))
    let statement = Self.slot(machine.request(.statement))
    #expect(lease == 1)
    #expect(statement == 0)
    guard case .wait = machine.request(.lease) else {
      Issue.record("a session with a statement on it was lent")
      return
    }
  }

  @Test func `a session is drained for a waiting lease, and statements behind it wait their turn`() {
    var machine = Self.running(min: 1, max: 1)
    _ = machine.request(.statement)
    guard case .wait = machine.request(.lease) else {
      Issue.record("a busy session was lent")
      return
    }
    _ = machine.enqueue(1, .lease, deadline: Self.later)
    guard case .wait = machine.request(.statement) else {
      Issue.record("a statement overtook the lease")
      return
    }
    _ = machine.enqueue(2, .statement, deadline: Self.later)
    let generation = machine.slots[0].generation
    let first = machine.finished(.statement, slot: 0, generation: generation)
    #expect(Self.lent(first) == [1])
    let second = machine.finished(.lease, slot: 0, generation: generation)
    #expect(Self.lent(second) == [2])
  }

  @Test func `who waits longest is served first, lease or statement`() {
    var machine = Self.running(min: 1, max: 1)
    _ = machine.request(.lease)
    let generation = machine.slots[0].generation
    _ = machine.enqueue(1, .statement, deadline: Self.later)
    _ = machine.enqueue(2, .lease, deadline: Self.later)
    _ = machine.enqueue(3, .statement, deadline: Self.later)
    let first = machine.finished(.lease, slot: 0, generation: generation)
    #expect(Self.lent(first) == [1])
    let second = machine.finished(.statement, slot: 0, generation: generation)
    #expect(Self.lent(second) == [2])
    let third = machine.finished(.lease, slot: 0, generation: generation)
    #expect(Self.lent(third) == [3])
  }

  @Test func `waiting opens another session up to the maximum`() {
    var machine = Self.running(min: 1, max: 2)
    _ = machine.request(.lease)
    let opened = machine.enqueue(1, .statement, deadline: Self.later)
    #expect(Self.connects(opened) == [1])
    let none = machine.enqueue(2, .statement, deadline: Self.later)
    #expect(Self.connects(none) == [])
    let connected = machine.connected(1)
    #expect(Self.lent(connected) == [1, 2])
  }

  @Test func `the queue has a bound`() {
    var machine = Self.running(min: 1, max: 1)
    _ = machine.request(.lease)
    for waiter in 0..<3 { _ = machine.enqueue(waiter, .lease, deadline: Self.later) }
    guard case .refuse(.queueFull) = machine.request(.lease) else {
      Issue.record("the queue grew beyond its bound")
      return
    }
  }

  @Test func `who waits too long is refused, and nobody else`() {
    var machine = Self.running(min: 1, max: 1)
    _ = machine.request(.lease)
    _ = machine.enqueue(1, .lease, deadline: MonotonicInstant(nanoseconds: 10))
    _ = machine.enqueue(2, .statement, deadline: MonotonicInstant(nanoseconds: 20))
    #expect(machine.earliestDeadline == MonotonicInstant(nanoseconds: 10))
    let expired = machine.expire(now: MonotonicInstant(nanoseconds: 15))
    #expect(Self.refused(expired) == [1])
    #expect(machine.waiting == 1)
  }

  @Test func `in an outage everybody is refused at once, until a session stands`() {
    var machine = Machine(Self.options(min: 1, max: 2))
    _ = machine.start()
    _ = machine.enqueue(1, .statement, deadline: Self.later)
    let failed = machine.connectFailed(0, Self.outage)
    #expect(Self.refused(failed) == [1])
    guard case .refuse(Self.outage) = machine.request(.statement) else {
      Issue.record("a caller was made to wait for a server that is down")
      return
    }
    guard case .rest(slot: 0, attempt: 1)? = failed.first else {
      Issue.record("the slot does not rest after a failure")
      return
    }
    #expect(Self.connects(machine.rested(0)) == [0])
    _ = machine.connected(0)
    #expect(Self.slot(machine.request(.statement)) == 0)
  }

  @Test func `a lost session is replaced at once, one that dies young after a rest`() {
    var machine = Self.running(min: 1, max: 1)
    let first = machine.lost(0)
    #expect(Self.connects(first) == [0])
    _ = machine.connected(0)
    let second = machine.lost(0)
    guard case .rest(slot: 0, attempt: 1)? = second.first else {
      Issue.record("a session that died before it did any work was replaced at once")
      return
    }
    _ = machine.rested(0)
    _ = machine.connected(0)
    guard case .use(let slot, let generation) = machine.request(.statement) else {
      Issue.record("the new session is not used")
      return
    }
    _ = machine.finished(.statement, slot: slot, generation: generation)
    #expect(Self.connects(machine.lost(0)) == [0])
  }

  @Test func `what was lent by a lost session is not given back to its successor`() {
    var machine = Self.running(min: 1, max: 1)
    guard case .use(let slot, let generation) = machine.request(.lease) else {
      Issue.record("an idle session was not lent")
      return
    }
    _ = machine.lost(slot)
    _ = machine.connected(slot)
    let statement = Self.slot(machine.request(.statement))
    #expect(statement == 0)
    _ = machine.finished(.lease, slot: slot, generation: generation)
    #expect(machine.slots[0].phase == .serving(1))
  }

  @Test func `sessions above the minimum that nobody used are closed`() {
    var machine = Self.running(min: 1, max: 2)
    _ = machine.enqueue(1, .lease, deadline: Self.later)
    _ = machine.connected(1)
    let early = machine.closeUnused()
    #expect(early.isEmpty)
    let generation = machine.slots[0].generation
    _ = machine.finished(.lease, slot: 0, generation: generation)
    _ = machine.finished(.lease, slot: 1, generation: machine.slots[1].generation)
    let closed = machine.closeUnused()
    #expect(closed.count == 1)
    #expect(machine.slots.count { $0.phase != .empty } == 1)
  }

  @Test func `closing refuses who waits, closes what is idle and drains the rest`() {
    var machine = Self.running(min: 2, max: 2)
    guard case .use(let slot, let generation) = machine.request(.lease) else {
      Issue.record("an idle session was not lent")
      return
    }
    let closing = machine.close()
    #expect(closing.count == 1)
    #expect(!machine.isDrained)
    guard case .refuse(.closed) = machine.request(.statement) else {
      Issue.record("a closing pool took a statement")
      return
    }
    _ = machine.finished(.lease, slot: slot, generation: generation)
    #expect(machine.isDrained)
  }

  @Test func `delays double up to the longest, and chance moves only half of them`() {
    let delay = ReconnectDelay()
    #expect(delay.delay(before: 0, chance: 0.5) == .zero)
    #expect(delay.delay(before: 1, chance: 0) == .milliseconds(25))
    #expect(delay.delay(before: 3, chance: 0) == .milliseconds(100))
    #expect(delay.delay(before: 1000, chance: 0) == .seconds(1))
    #expect(delay.delay(before: 1000, chance: 0.999) <= .seconds(2))
  }
}
