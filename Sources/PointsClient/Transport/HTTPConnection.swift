// One connection to the service, and the call it carries. Whatever goes wrong closes it: a connection of
// which anything is uncertain carries no second call.
import EventLoop

/// Touched on the loop's thread only; hence `@unchecked Sendable`.
final class HTTPConnection: SocketOwner, DeadlineOwner, @unchecked Sendable {
  private enum State {
    /// The host is looked up, or addresses are tried; nothing of the call has left.
    case opening(Exchange)
    /// The call was handed to the kernel; `idle` or `closed` follow.
    case carrying(Exchange)
    case idle
    case closed
  }

  private unowned let pool: ConnectionPool
  private var loop: EventLoop { pool.loop }
  private var state = State.closed
  private var socket: Socket?
  private var parser = AnswerParser()
  /// Addresses of the host not tried yet.
  private var addresses: ArraySlice<SocketAddress> = []
  private var carriedCalls = 0
  private var idleAlarm: DeadlineID?

  init(pool: ConnectionPool) {
    self.pool = pool
  }

  // MARK: Opening

  func open(for exchange: Exchange) {
    state = .opening(exchange)
    exchange.phase = .on(self)
    exchange.setAlarm(after: pool.options.connectTimeout, on: loop)
    let (host, port) = (pool.address.host, pool.address.port)
    if let numeric = SocketAddress(numeric: host, port: port) { return found([numeric]) }
    loop.spawn { [self] in
      do throws(SocketError) {
        found(try await loop.resolve(host: host, port: port))
      } catch {
        fail(.unreachable(error.description))
      }
    }
  }

  private func found(_ addresses: [SocketAddress]) {
    self.addresses = addresses[...]
    tryNextAddress(lastError: nil)
  }

  /// One address after the other, within the one time that connecting may take.
  private func tryNextAddress(lastError: SocketError?) {
    guard case .opening = state else { return }
    guard let address = addresses.popFirst() else {
      return fail(.unreachable(lastError?.description ?? "the host has no address"))
    }
    do throws(SocketError) {
      socket = try Socket.connect(to: address, on: loop, owner: self)
    } catch {
      tryNextAddress(lastError: error)
    }
  }

  func socketDrained() {
    guard case .opening(let exchange) = state else { return }
    addresses = []
    socket?.resumeReading()
    carry(exchange)
  }

  // MARK: Carrying

  /// Sends the call. From here on nobody can say for certain that it did not arrive.
  func carry(_ exchange: Exchange) {
    guard let socket else { return }
    if let idleAlarm { loop.cancelDeadline(idleAlarm) }
    idleAlarm = nil
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
    if mayStay, socket?.unsentBytes == 0 { pool.released(self) } else { close() }
  }

  func socketEnded() {
    fail(.lost("the service closed the connection before its answer was complete"))
  }

  func socketFailed(_ error: SocketError) {
    if case .opening = state {
      socket = nil
      tryNextAddress(lastError: error)
    } else {
      fail(.lost(error.description))
    }
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

  /// Looks for news that the kernel has and the loop has not. False when the connection is closed now.
  func checkIdle() -> Bool {
    socket?.receive()
    if case .idle = state { return true }
    return false
  }

  // MARK: Ending

  /// Gives up the call, and with it the connection: its answer may still come and would be taken for
  /// another's.
  func abandon(because cause: TransportFailure.Cause) {
    if case .opening = state, cause == .timedOut {
      fail(.unreachable("no connection could be made in time"))
    } else {
      fail(cause)
    }
  }

  private func fail(_ cause: TransportFailure.Cause) {
    let ended = state
    let isStale = carriedCalls > 0 && !parser.hasBegun
    close()
    switch ended {
    case .opening(let exchange):
      exchange.end(.failure(.unsent(cause)), on: loop)
    case .carrying(let exchange):
      var wasStale = false
      if case .lost = cause { wasStale = isStale }
      exchange.end(.failure(TransportFailure(cause, mayHaveLeft: true, wasStale: wasStale)), on: loop)
    case .idle, .closed:
      break
    }
  }

  func close() {
    if case .closed = state { return }
    state = .closed
    if let idleAlarm { loop.cancelDeadline(idleAlarm) }
    idleAlarm = nil
    socket?.close()
    socket = nil
    pool.gone(self)
  }
}
