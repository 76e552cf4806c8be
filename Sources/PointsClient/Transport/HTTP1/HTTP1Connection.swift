// One connection of HTTP/1.1, and the call it carries. Whatever goes wrong closes it: a connection of which
// anything is uncertain carries no second call.
import EventLoop

/// Touched on the loop's thread only; hence `@unchecked Sendable`.
final class HTTP1Connection: Carrier, SocketOwner, DeadlineOwner, @unchecked Sendable {
  private enum State {
    /// The call was handed to the kernel; `idle` or `closed` follow.
    case carrying(Exchange)
    case idle
    case closed
  }

  private unowned let pool: ConnectionPool
  private var loop: EventLoop { pool.loop }
  private var state = State.idle
  private let socket: Socket
  private var parser = AnswerParser()
  private var carriedCalls = 0
  private var idleAlarm: DeadlineID?

  /// Takes over a socket that is connected.
  init(pool: ConnectionPool, socket: Socket) {
    self.pool = pool
    self.socket = socket
    socket.owner = self
    socket.resumeReading()
  }

  // MARK: Carrying

  /// Sends the call. From here on nobody can say for certain that it did not arrive.
  func carry(_ exchange: Exchange) {
    clearIdleAlarm()
    state = .carrying(exchange)
    exchange.phase = .on(self)
    exchange.setAlarm(after: pool.options.requestTimeout, on: loop)
    parser = AnswerParser()
    pool.encoder.encode(exchange.call, into: &socket.output)
    socket.flushLater()
  }

  func socketReceived(_ bytes: Span<UInt8>) {
    guard case .carrying(let exchange) = state else {
      // Nobody asked for anything.
      return close()
    }
    switch parser.read(bytes) {
    case .more:
      break
    case .complete(let answer, let mayStay):
      carriedCalls += 1
      exchange.end(.success(answer), on: loop)
      finish(mayStay: mayStay)
    case .malformed(let phrase):
      fail(.malformed(phrase))
    }
  }

  /// An answer that came before all of the request had left makes the rest of it a riddle to the service.
  private func finish(mayStay: Bool) {
    state = .idle
    if mayStay, socket.unsentBytes == 0 { pool.released(self) } else { close() }
  }

  func socketDrained() {}

  func socketEnded() {
    fail(.lost("the service closed the connection before its answer was complete"))
  }

  func socketFailed(_ error: SocketError) {
    fail(.lost(error.description))
  }

  // MARK: Resting

  func rest() {
    idleAlarm = loop.setDeadline(after: pool.options.idleTimeout, for: self)
  }

  func deadlinePassed(_ id: DeadlineID) {
    guard idleAlarm == id, case .idle = state else { return }
    idleAlarm = nil
    close()
  }

  private func clearIdleAlarm() {
    if let idleAlarm { loop.cancelDeadline(idleAlarm) }
    idleAlarm = nil
  }

  /// Looks for news that the kernel has and the loop has not. False when the connection is closed now.
  func checkIdle() -> Bool {
    socket.receive()
    if case .idle = state { return true }
    return false
  }

  // MARK: Ending

  /// Gives up the call, and with it the connection: its answer may still come and would be taken for
  /// another's.
  func abandon(_ exchange: Exchange, because cause: TransportFailure.Cause) {
    fail(cause)
  }

  private func fail(_ cause: TransportFailure.Cause) {
    let ended = state
    let isStale = carriedCalls > 0 && !parser.hasBegun
    close()
    guard case .carrying(let exchange) = ended else { return }
    var wasStale = false
    if case .lost = cause { wasStale = isStale }
    exchange.end(.failure(TransportFailure(cause, mayHaveLeft: true, wasStale: wasStale)), on: loop)
  }

  /// Ends the connection, and a call on it because the client ends.
  func end() {
    fail(.closed)
  }

  private func close() {
    if case .closed = state { return }
    state = .closed
    clearIdleAlarm()
    socket.close()
    pool.gone(self)
  }
}
