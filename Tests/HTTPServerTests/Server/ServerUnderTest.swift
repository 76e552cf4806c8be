// A whole server inside the test process: a control loop, workers on threads of their own, a port of its own.
// A test body runs on its own thread and may block as a client does, while the loops go on.
import EventLoop
import Foundation
import Synchronization

@testable import HTTPServer

final class ServerUnderTest: @unchecked Sendable {
  let routes: RoutesUnderTest
  let workers: [HTTPWorker]
  let server: HTTPServer
  private let controlThread: LoopThread
  private let workerThreads: [LoopThread]
  private let watched = WatchedConnections()

  private init(
    workers count: Int, limits: ServerLimits, clock: LoopClock, accessLog: AccessLog, bodies: BodyBudget
  ) throws {
    routes = RoutesUnderTest()
    controlThread = LoopThread(running: EventLoop(name: "test-control"))
    workerThreads = (0..<count).map {
      LoopThread(running: EventLoop(name: "test-worker-\($0)", clock: clock))
    }
    let routes = routes
    workers = workerThreads.map { thread in
      HTTPWorker(
        loop: thread.loop, limits: limits, router: routes.router(on: thread.loop), accessLog: accessLog,
        bodies: bodies)
    }
    let parts = (control: controlThread.loop, workers: workers)
    server = try visit(controlThread.loop) {
      Result {
        guard let address = SocketAddress(numeric: "127.0.0.1", port: 0) else { throw ClientError.noAddress }
        return try HTTPServer(
          on: address, controlLoop: parts.control, workers: parts.workers, limits: limits)
      }
    }.get()
  }

  /// Starts a server, runs the body on a thread of its own, and stops the server whatever came of it.
  static func running(
    workers: Int = 1, limits: ServerLimits = .brief, clock: LoopClock = .system, accessLog: AccessLog? = nil,
    bodies: BodyBudget = BodyBudget(.max),
    _ body: @escaping @Sendable (ServerUnderTest) throws -> Void
  ) async throws {
    let log = accessLog == nil ? LineWriter(descriptor: 2) : nil
    defer { log?.close() }
    let server = try ServerUnderTest(
      workers: workers, limits: limits, clock: clock,
      accessLog: accessLog ?? AccessLog(level: .off, to: log ?? LineWriter(descriptor: 2)), bodies: bodies)
    // A loop of its own is the thread of the body: the task stays the test's, so that failures bear its name.
    let thread = LoopThread(running: EventLoop(name: "test-body"))
    defer { thread.stopAndJoin() }
    try await withTaskExecutorPreference(thread.loop) {
      defer { server.stop() }
      try body(server)
    }
  }

  var port: UInt16 { server.address.port }

  var connectionCount: Int { workers.reduce(0) { $0 + $1.connectionCount } }

  /// Tasks that wait for work.
  var waitingTasks: Int {
    workers.reduce(0) { sum, worker in sum + visit(worker.loop) { worker.handlers.waiting } }
  }

  /// Tasks that work or wait for work.
  var livingTasks: Int {
    workers.reduce(0) { sum, worker in sum + visit(worker.loop) { worker.handlers.living } }
  }

  /// The counters of all workers together.
  var counters: HTTPCounters {
    var sum = HTTPCounters(routes: workers[0].router.routes.count)
    for worker in workers { sum.add(visit(worker.loop) { worker.counters }) }
    return sum
  }

  /// Begins to drain; the closure given back waits for the end.
  func drain(deadline: Duration) -> @Sendable () -> Bool {
    let done = DispatchSemaphore(value: 0)
    let server = server
    controlThread.loop.post { [loop = controlThread.loop] in
      loop.spawn {
        await server.drain(deadline: deadline)
        done.signal()
      }
    }
    return { done.wait(timeout: .now() + 60) == .success }
  }

  /// Waits until the condition holds, for at most half a minute.
  func eventually(_ condition: () -> Bool) -> Bool {
    let end = ContinuousClock.now + .seconds(30)
    while !condition() {
      guard ContinuousClock.now < end else { return false }
      usleep(500)
    }
    return true
  }

  /// Runs the body while nobody accepts connections.
  func withAcceptorHeld<Value>(_ body: () throws -> Value) rethrows -> Value {
    try held([controlThread.loop], body)
  }

  /// Runs the body while the workers do nothing: what clients do meanwhile reaches them all at once.
  func withWorkersHeld<Value>(_ body: () throws -> Value) rethrows -> Value {
    try held(workers.map(\.loop), body)
  }

  private func held<Value>(_ loops: [EventLoop], _ body: () throws -> Value) rethrows -> Value {
    let (stopped, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    for loop in loops {
      loop.post {
        stopped.signal()
        mayGoOn.wait()
      }
    }
    for _ in loops { stopped.wait() }
    defer { for _ in loops { mayGoOn.signal() } }
    return try body()
  }

  /// Drains even if the body has begun to: it may have failed before the end, and no loop may be stopped
  /// while a connection of it stands.
  private func stop() {
    routes.gate.open()
    _ = drain(deadline: .zero)()
    for thread in workerThreads { thread.stopAndJoin() }
    controlThread.stopAndJoin()
  }
}

/// Runs the closure on the loop's thread and waits for what it gives. Not for callers on a loop.
func visit<Value: Sendable>(_ loop: EventLoop, _ body: @escaping @Sendable () -> Value) -> Value {
  let answer = Answer<Value>()
  loop.post {
    answer.value.withLock { $0 = body() }
    answer.arrived.signal()
  }
  while true {
    answer.arrived.wait()
    if let value = answer.value.withLock({ $0 }) { return value }
  }
}

private final class Answer<Value: Sendable>: Sendable {
  let value = Mutex<Value?>(nil)
  let arrived = DispatchSemaphore(value: 0)
}

extension ServerLimits {
  /// Sizes are small, so that a test reaches them soon; times are long, so that a slow machine does not.
  static var brief: ServerLimits {
    var limits = ServerLimits()
    limits.headTimeout = .seconds(20)
    limits.bodyTimeout = .seconds(20)
    limits.idleTimeout = .seconds(20)
    limits.requestTimeout = .seconds(20)
    limits.writeTimeout = .seconds(20)
    limits.lingerTimeout = .seconds(5)
    limits.request.body = 64 * 1024
    return limits
  }
}

extension ServerUnderTest {
  /// Connections whose clients have left output waiting.
  var blockedConnections: Int { sum { $0.deadlines.write == .never ? 0 : 1 } }

  /// Connections whose clients have said their last word.
  var deafConnections: Int { sum { $0.inputEnded ? 1 : 0 } }

  /// Memory for output, over all connections.
  var outputBytes: Int { sum { $0.socket.output.capacity } }

  /// Remembers the connections there are, without keeping them alive.
  func watchConnections() {
    for worker in workers {
      let watched = watched
      visit(worker.loop) {
        for connection in worker.connections.values { watched.add(connection) }
      }
    }
  }

  /// How many of the remembered connections still exist,
  /// because they are open or because somebody holds them.
  var livingConnections: Int {
    workers.reduce(0) { sum, worker in
      let watched = watched
      return sum + visit(worker.loop) { watched.count(on: worker) }
    }
  }

  private func sum(_ value: @escaping @Sendable (any ServedConnection) -> Int) -> Int {
    workers.reduce(0) { sum, worker in
      sum + visit(worker.loop) { worker.connections.values.reduce(0) { $0 + value($1) } }
    }
  }
}

/// Each worker's connections are looked at on its own loop only.
private final class WatchedConnections: Sendable {
  private struct Entry: @unchecked Sendable {
    weak var connection: (any ServedConnection)?
    let worker: ObjectIdentifier
  }

  private let entries = Mutex<[Entry]>([])

  func add(_ connection: any ServedConnection) {
    let entry = Entry(connection: connection, worker: ObjectIdentifier(connection.worker))
    entries.withLock { $0.append(entry) }
  }

  func count(on worker: HTTPWorker) -> Int {
    entries.withLock { $0.count { $0.worker == ObjectIdentifier(worker) && $0.connection != nil } }
  }
}
