// The HTTP side of one worker: its connections, its router, its counters. Shared-nothing: a connection that
// was given to a worker is its own until it closes.
package import EventLoop
import Synchronization

/// Serves the connections it is given, on its loop.
package final class HTTPWorker: @unchecked Sendable {
  package let loop: EventLoop
  package let limits: ServerLimits
  package let router: Router<Endpoint>
  let accessLog: AccessLog
  let bodies: BodyBudget
  let handlers: HandlerTasks
  /// Connections given to this worker and not yet closed. Raised by the acceptor when it chooses, so that a
  /// burst is spread evenly before the worker has seen any of it.
  private let load = Atomic(0)

  // MARK: Loop thread only

  package internal(set) var counters: HTTPCounters
  package private(set) var isDraining = false
  private(set) var connections: [ObjectIdentifier: any ServedConnection] = [:]
  private var date = DateField()
  let fieldBlock = HTTP2FieldBlock()
  private var requestNumber: UInt64 = 0
  private let requestPrefix = UInt32.random(in: 0...UInt32.max)
  private var emptied: OneShot<Void>?

  package init(
    loop: EventLoop, limits: ServerLimits, router: Router<Endpoint>, accessLog: AccessLog, bodies: BodyBudget
  ) {
    self.loop = loop
    self.limits = limits
    self.router = router
    self.accessLog = accessLog
    self.bodies = bodies
    handlers = HandlerTasks(on: loop)
    counters = HTTPCounters(routes: router.routes.count)
  }

  // MARK: From the acceptor's thread

  package var connectionCount: Int { load.load(ordering: .relaxed) }

  /// Takes over a connection; its descriptor belongs to this worker from here on.
  package func adopt(_ connection: Listener.Connection) {
    load.add(1, ordering: .relaxed)
    loop.post { [self] in
      counters.acceptedConnections &+= 1
      let connection = HTTPConnection(descriptor: connection.descriptor, peer: connection.peer, worker: self)
      connections[ObjectIdentifier(connection)] = connection
      if isDraining { connection.drain() }
    }
  }

  // MARK: Draining

  /// Ends idle connections, lets the others finish their request, and returns when all have closed.
  /// Connections left at the deadline are cut.
  package func drain(deadline: Duration) async {
    loop.preconditionInside()
    isDraining = true
    defer { handlers.end() }
    for connection in connections.values { connection.drain() }
    guard !connections.isEmpty else { return }
    let emptied = OneShot<Void>()
    self.emptied = emptied
    let cutter = DrainCutter { [self] in
      for connection in connections.values { connection.cut() }
    }
    let cut = loop.setDeadline(after: deadline, for: cutter)
    await emptied.value()
    loop.cancelDeadline(cut)
  }

  /// A connection turned out to speak another version.
  func replace(_ connection: HTTPConnection, by successor: HTTP2Connection) {
    connections[ObjectIdentifier(connection)] = nil
    connections[ObjectIdentifier(successor)] = successor
    if isDraining { successor.drain() }
  }

  func forget(_ connection: any ServedConnection) {
    guard connections.removeValue(forKey: ObjectIdentifier(connection)) != nil else { return }
    counters.closedConnections &+= 1
    load.subtract(1, ordering: .relaxed)
    if connections.isEmpty { emptied?.fulfil(()) }
  }

  // MARK: For connections

  func identify(_ request: HTTPRequest) -> RequestID {
    if request.mayNegotiate, let given = request.headers.requestID { return .given(given) }
    return nextRequestID()
  }

  func nextRequestID() -> RequestID {
    requestNumber &+= 1
    return .made(worker: requestPrefix, number: requestNumber)
  }

  func dateBytes() -> [UInt8] {
    date.update(monotonicSecond: loop.now.nanoseconds / 1_000_000_000)
    return date.bytes
  }

  /// Counts an answer and logs it if it is to be logged.
  func note(_ exchange: HTTPExchange?, status: HTTPStatus, requestID: RequestID, peer: PeerAddress) {
    let now = loop.clock.now
    let spent = exchange.map { now.nanoseconds(since: $0.begin) } ?? 0
    counters.note(route: exchange?.route ?? router.routes.count, status: status, nanoseconds: spent)
    guard accessLog.level.includes(status) else { return }
    accessLog.write(
      AccessLog.Entry(
        request: exchange?.request, route: exchange.flatMap { routeName($0.route) }, status: status,
        requestID: requestID, peer: peer, nanoseconds: spent))
  }

  private func routeName(_ index: Int) -> String? {
    index < router.routes.count ? router.routes[index].pattern : nil
  }
}

/// Cuts what has not finished when the time to drain is up.
private final class DrainCutter: DeadlineOwner {
  private let cut: () -> Void

  init(_ cut: @escaping () -> Void) {
    self.cut = cut
  }

  func deadlinePassed(_ id: DeadlineID) {
    cut()
  }
}
