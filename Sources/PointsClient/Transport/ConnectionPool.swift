// The connections of one client: a few, kept alive, each carrying one call at a time. Calls beyond them wait
// in a bounded line. The connection used last is used first, so that the others can go idle and be closed.
import EventLoop
import Synchronization

/// Touched on the loop's thread only, but for what never changes; hence `@unchecked Sendable`.
final class ConnectionPool: @unchecked Sendable {
  let loop: EventLoop
  let address: ServiceAddress
  let encoder: RequestEncoder
  let options: ClientOptions

  private var connections: [ObjectIdentifier: HTTPConnection] = [:]
  private var idle: [HTTPConnection] = []
  private var waiting: WaitingLine<Exchange> {
    didSet { waitingCalls.store(waiting.count, ordering: .relaxed) }
  }
  /// For those who look on from other threads.
  let waitingCalls = Atomic(0)
  private var pausing: [ObjectIdentifier: Exchange] = [:]
  private var isClosed = false

  init(address: ServiceAddress, key: String, options: ClientOptions, loop: EventLoop) {
    self.loop = loop
    self.address = address
    self.options = options
    encoder = RequestEncoder(address: address, key: key)
    waiting = WaitingLine(limit: options.waitingCalls, isWaiting: \.isWaiting)
  }

  // MARK: Calls

  /// Begins, after a pause if one is asked for.
  func begin(_ exchange: Exchange, after pause: Duration) {
    if case .cancelledEarly = exchange.phase {
      return exchange.end(.failure(.unsent(.cancelled)), on: loop)
    }
    guard !isClosed else { return exchange.end(.failure(.unsent(.closed)), on: loop) }
    guard pause > .zero else { return serve(exchange) }
    exchange.phase = .pausing
    pausing[ObjectIdentifier(exchange)] = exchange
    exchange.setAlarm(after: pause, on: loop)
  }

  private func serve(_ exchange: Exchange) {
    if exchange.deadline <= loop.clock.now {
      exchange.end(.failure(.unsent(.timedOut)), on: loop)
    } else if let connection = takeIdle() {
      connection.carry(exchange)
    } else if connections.count < options.connections {
      open(for: exchange)
    } else {
      wait(exchange)
    }
  }

  /// An idle connection that stands as far as this machine knows. The service may have closed it a moment
  /// ago, and a write without a key must not be lost to a connection of which that could be known.
  private func takeIdle() -> HTTPConnection? {
    while let connection = idle.popLast() {
      if connection.checkIdle() { return connection }
    }
    return nil
  }

  private func open(for exchange: Exchange) {
    let connection = HTTPConnection(pool: self)
    connections[ObjectIdentifier(connection)] = connection
    connection.open(for: exchange)
  }

  private func wait(_ exchange: Exchange) {
    exchange.phase = .waiting
    guard waiting.append(exchange) else {
      return exchange.end(.failure(.unsent(.overloaded)), on: loop)
    }
    exchange.setAlarm(on: loop)
  }

  /// The time of its present phase is over.
  func alarmRang(_ exchange: Exchange) {
    switch exchange.phase {
    case .pausing:
      pausing[ObjectIdentifier(exchange)] = nil
      serve(exchange)
    case .new, .cancelledEarly, .waiting, .on, .ended:
      give(up: exchange, because: .timedOut)
    }
  }

  /// The caller no longer wants to know.
  func cancel(_ exchange: Exchange) {
    give(up: exchange, because: .cancelled)
  }

  private func give(up exchange: Exchange, because cause: TransportFailure.Cause) {
    switch exchange.phase {
    case .new:
      // Its caller cannot be resumed yet; the loop is about to hear of it.
      exchange.phase = .cancelledEarly
    case .pausing:
      pausing[ObjectIdentifier(exchange)] = nil
      exchange.end(.failure(.unsent(cause)), on: loop)
    case .waiting:
      exchange.end(.failure(.unsent(cause)), on: loop)
      waiting.oneLeft()
    case .on(let connection):
      connection.abandon(because: cause)
    case .cancelledEarly, .ended:
      break
    }
  }

  // MARK: Connections

  /// A connection has done its work and stands.
  func released(_ connection: HTTPConnection) {
    if isClosed {
      connection.close()
    } else if let next = waiting.popFirst() {
      connection.carry(next)
    } else {
      connection.rest()
      idle.append(connection)
    }
  }

  /// A connection has closed, and its place is free.
  func gone(_ connection: HTTPConnection) {
    connections[ObjectIdentifier(connection)] = nil
    idle.removeAll { $0 === connection }
    guard !isClosed, connections.count < options.connections, let next = waiting.popFirst() else { return }
    open(for: next)
  }

  /// Ends every call and every connection; nothing begins any more.
  func close() {
    isClosed = true
    for exchange in pausing.values { exchange.end(.failure(.unsent(.closed)), on: loop) }
    pausing = [:]
    while let exchange = waiting.popFirst() { exchange.end(.failure(.unsent(.closed)), on: loop) }
    for connection in connections.values { connection.abandon(because: .closed) }
  }
}
