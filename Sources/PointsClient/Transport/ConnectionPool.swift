// The connections of one client: a few, kept alive. One of HTTP/1.1 carries one call at a time, one of HTTP/2
// many; calls beyond them wait in a bounded line. What was used last is used first, so that the others can go
// idle and be closed.
import EventLoop
import Synchronization

/// Touched on the loop's thread only, but for what never changes; hence `@unchecked Sendable`.
final class ConnectionPool: @unchecked Sendable {
  let loop: EventLoop
  let address: ServiceAddress
  let encoder: RequestEncoder
  let options: ClientOptions
  /// What the service is known to speak.
  var spoken: SpokenVersion

  private var dials: [ObjectIdentifier: Dial] = [:]
  /// Those of HTTP/1.1, and which of them carry nothing.
  private var lines: [ObjectIdentifier: HTTP1Connection] = [:]
  private var idle: [HTTP1Connection] = []
  /// Those of HTTP/2 that take calls, and those that only finish what they have.
  private var trunks: [HTTP2Connection] = []
  private var leaving: [HTTP2Connection] = []
  private var waiting: WaitingLine<Exchange> {
    didSet { waitingCalls.store(waiting.count, ordering: .relaxed) }
  }
  /// For those who look on from other threads.
  let waitingCalls = Atomic(0)
  private var pausing: [ObjectIdentifier: Exchange] = [:]
  private var isClosed = false
  /// Until when no further connection is asked for, because the last one could not be made.
  private var restsUntil: MonotonicInstant?

  /// Calls that a connection of HTTP/2 carries before another one is made: a service has a thread for each
  /// core, and a connection is served by one of them.
  private static let callsBeforeAnother = 32

  init(address: ServiceAddress, key: String, options: ClientOptions, loop: EventLoop) {
    self.loop = loop
    self.address = address
    self.options = options
    encoder = RequestEncoder(address: address, key: key)
    spoken = SpokenVersion(wanted: options.protocolVersion)
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
    } else if !carry(exchange) {
      wait(exchange)
    }
  }

  /// False if every connection is busy and no further one may be made.
  private func carry(_ exchange: Exchange) -> Bool {
    if let connection = roomyTrunk() {
      connection.carry(exchange)
    } else if let connection = takeIdle() {
      connection.carry(exchange)
    } else if mayDial {
      dial(for: exchange)
    } else {
      return false
    }
    return true
  }

  /// The first connection of HTTP/2 that is not busy, so that calls gather; or else the least busy one, and
  /// the next one is made meanwhile.
  private func roomyTrunk() -> HTTP2Connection? {
    while let connection = trunks.first(where: { $0.calls < min(Self.callsBeforeAnother, $0.callLimit) }) {
      // One that carries nothing may have been given up by the service a moment ago.
      if connection.calls > 0 || connection.checkIdle() { return connection }
    }
    let connection = trunks.filter(\.hasRoom).min { $0.calls < $1.calls }
    if connection != nil, mayDial { dial(for: nil) }
    return connection
  }

  /// An idle connection that stands as far as this machine knows. The service may have closed it a moment
  /// ago, and a write without a key must not be lost to a connection of which that could be known.
  private func takeIdle() -> HTTP1Connection? {
    while let connection = idle.popLast() {
      if connection.checkIdle() { return connection }
    }
    return nil
  }

  private func wait(_ exchange: Exchange) {
    exchange.phase = .waiting
    guard waiting.append(exchange) else {
      return exchange.end(.failure(.unsent(.overloaded)), on: loop)
    }
    exchange.setAlarm(on: loop)
  }

  /// Gives those who wait what has become free.
  func serveWaiting() {
    while !isClosed, waiting.count > 0, mayServe, let next = waiting.popFirst() {
      if carry(next) { continue }
      // What seemed free was not. The others behind it are no better off.
      return wait(next)
    }
  }

  private var mayServe: Bool { !idle.isEmpty || mayDial || trunks.contains(where: \.hasRoom) }

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
    case .on(let carrier):
      carrier.abandon(exchange, because: cause)
    case .cancelledEarly, .ended:
      break
    }
  }

  // MARK: Making connections

  /// One connection of HTTP/2 is made at a time: it may well be enough for all. A service that takes no more
  /// connections is not asked for another with every call, as long as some stand.
  private var mayDial: Bool {
    guard lines.count + trunks.count + dials.count < options.connections else { return false }
    if let restsUntil, hasConnections, loop.clock.now < restsUntil { return false }
    return dials.isEmpty || spoken.next(now: loop.clock.now) == .http1
  }

  private var hasConnections: Bool { !lines.isEmpty || !trunks.isEmpty }

  private func dial(for exchange: Exchange?) {
    let dial = Dial(pool: self, for: exchange)
    dials[ObjectIdentifier(dial)] = dial
    dial.begin()
  }

  func dialled(_ dial: Dial, _ connection: HTTP1Connection) {
    dials[ObjectIdentifier(dial)] = nil
    lines[ObjectIdentifier(connection)] = connection
    if let exchange = dial.takeExchange() { connection.carry(exchange) } else { released(connection) }
    // More of them may be made at a time than of what was hoped for.
    serveWaiting()
  }

  func dialled(_ dial: Dial, _ connection: HTTP2Connection) {
    dials[ObjectIdentifier(dial)] = nil
    trunks.append(connection)
    if let exchange = dial.takeExchange(), !carry(exchange) { wait(exchange) }
    serveWaiting()
  }

  /// No connection could be made. If none is left, those who wait in line need not wait longer.
  func dialFailed(_ dial: Dial, _ cause: TransportFailure.Cause) {
    dials[ObjectIdentifier(dial)] = nil
    dial.takeExchange()?.end(.failure(.unsent(cause)), on: loop)
    if hasConnections {
      restsUntil = loop.clock.now + .seconds(1)
      return serveWaiting()
    }
    spoken.isUnreachable()
    endWaiting(because: cause)
  }

  /// Whether to call again in HTTP/1.1. While other connections speak HTTP/2, the service only has no room
  /// for another.
  func fallsBack(after refusal: SpokenVersion.Refusal) -> Bool {
    trunks.isEmpty && spoken.fallsBack(after: refusal, now: loop.clock.now)
  }

  private func endWaiting(because cause: TransportFailure.Cause) {
    while let exchange = waiting.popFirst() { exchange.end(.failure(.unsent(cause)), on: loop) }
  }

  // MARK: Connections

  /// A connection of HTTP/1.1 has done its work and stands.
  func released(_ connection: HTTP1Connection) {
    if isClosed {
      connection.end()
    } else if let next = waiting.popFirst() {
      connection.carry(next)
    } else {
      connection.rest()
      idle.append(connection)
    }
  }

  /// A connection has closed, and its place is free.
  func gone(_ connection: HTTP1Connection) {
    lines[ObjectIdentifier(connection)] = nil
    idle.removeAll { $0 === connection }
    serveWaiting()
  }

  /// A connection takes no further calls; its place is free though it finishes what it has.
  func leaves(_ connection: HTTP2Connection) {
    trunks.removeAll { $0 === connection }
    leaving.append(connection)
    serveWaiting()
  }

  func gone(_ connection: HTTP2Connection) {
    trunks.removeAll { $0 === connection }
    leaving.removeAll { $0 === connection }
    serveWaiting()
  }

  /// Ends every call and every connection; nothing begins any more.
  func close() {
    isClosed = true
    for exchange in pausing.values { exchange.end(.failure(.unsent(.closed)), on: loop) }
    pausing = [:]
    endWaiting(because: .closed)
    for dial in dials.values {
      dial.stop()
      dial.takeExchange()?.end(.failure(.unsent(.closed)), on: loop)
    }
    dials = [:]
    for connection in lines.values { connection.end() }
    for connection in trunks + leaving { connection.end() }
  }
}
