// A connection being made: the host is looked up, its addresses are tried, and if HTTP/2 is to be spoken, the
// service is greeted. Nothing of any call leaves before that, so a service that answers something else is
// simply called again, in HTTP/1.1. All this has one time, that of connecting.
import EventLoop

/// Touched on the loop's thread only; hence `@unchecked Sendable`.
final class Dial: Carrier, SocketOwner, DeadlineOwner, @unchecked Sendable {
  private enum Stage {
    case finding
    case connecting(Socket)
    /// HTTP/2 was begun; its settings have not come.
    case greeting(HTTP2Connection)
    case over
  }

  private unowned let pool: ConnectionPool
  private var loop: EventLoop { pool.loop }
  private var stage = Stage.finding
  /// The call that this connection is made for; nil when that was given up, or others wait in line.
  private(set) var exchange: Exchange?
  /// Addresses of the host not tried yet.
  private var addresses: ArraySlice<SocketAddress> = []
  /// The one that is tried.
  private var address: SocketAddress?
  private let deadline: MonotonicInstant
  private var alarm: DeadlineID?

  init(pool: ConnectionPool, for exchange: Exchange?) {
    self.pool = pool
    self.exchange = exchange
    deadline = pool.loop.clock.now + pool.options.connectTimeout
    exchange?.phase = .on(self)
    exchange?.setAlarm(on: pool.loop)
  }

  func begin() {
    setAlarm(at: deadline)
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

  // MARK: Connecting

  private func found(_ addresses: [SocketAddress]) {
    guard case .finding = stage else { return }
    self.addresses = addresses[...]
    tryNextAddress(lastError: nil)
  }

  private func tryNextAddress(lastError: SocketError?) {
    guard let address = addresses.popFirst() else {
      return fail(.unreachable(lastError?.description ?? "the host has no address"))
    }
    self.address = address
    do throws(SocketError) {
      stage = .connecting(try Socket.connect(to: address, on: loop, owner: self))
    } catch {
      tryNextAddress(lastError: error)
    }
  }

  func socketDrained() {
    guard case .connecting(let socket) = stage else { return }
    switch pool.spoken.next(now: loop.clock.now) {
    case .http1:
      end()
      pool.dialled(self, HTTP1Connection(pool: pool, socket: socket))
    case .http2:
      guard let connection = HTTP2Connection(pool: pool, socket: socket, dial: self) else {
        socket.close()
        return fail(.unreachable("there is no memory for a connection"))
      }
      stage = .greeting(connection)
      setAlarm(at: min(deadline, loop.clock.now + pool.options.connectTimeout / 2))
      connection.greet()
    }
  }

  func socketReceived(_ bytes: Span<UInt8>) {}
  func socketEnded() {}

  func socketFailed(_ error: SocketError) {
    guard case .connecting = stage else { return }
    tryNextAddress(lastError: error)
  }

  // MARK: Greeting

  /// The service has answered in HTTP/2.
  func greeted(by connection: HTTP2Connection) {
    pool.spoken.answersInHTTP2()
    end()
    pool.dialled(self, connection)
  }

  /// The connection that was greeted on is closed already.
  func notGreeted(_ refusal: SpokenVersion.Refusal) {
    guard case .greeting = stage else { return }
    guard pool.fallsBack(after: refusal), let address else {
      return fail(.unreachable(refusal.phrase))
    }
    addresses.insert(address, at: addresses.startIndex)
    setAlarm(at: deadline)
    tryNextAddress(lastError: nil)
  }

  // MARK: The end

  private func setAlarm(at instant: MonotonicInstant) {
    clearAlarm()
    alarm = loop.setDeadline(at: instant, for: self)
  }

  private func clearAlarm() {
    if let alarm { loop.cancelDeadline(alarm) }
    alarm = nil
  }

  func deadlinePassed(_ id: DeadlineID) {
    guard alarm == id else { return }
    alarm = nil
    if case .greeting(let connection) = stage {
      connection.close()
      notGreeted(.silent)
    } else {
      fail(.unreachable("no connection could be made in time"))
    }
  }

  /// The connection is made all the same: others may wait for one, or will.
  func abandon(_ exchange: Exchange, because cause: TransportFailure.Cause) {
    guard self.exchange === exchange else { return }
    self.exchange = nil
    exchange.end(.failure(.unsent(cause)), on: loop)
  }

  /// Hands over the call that waits for this connection.
  func takeExchange() -> Exchange? {
    defer { exchange = nil }
    return exchange
  }

  private func fail(_ cause: TransportFailure.Cause) {
    if case .over = stage { return }
    stop()
    pool.dialFailed(self, cause)
  }

  /// Ends without having made a connection; the call stays where it is.
  func stop() {
    switch stage {
    case .connecting(let socket): socket.close()
    case .greeting(let connection): connection.close()
    case .finding, .over: break
    }
    end()
  }

  private func end() {
    stage = .over
    clearAlarm()
  }
}

extension SpokenVersion.Refusal {
  fileprivate var phrase: String {
    switch self {
    case .foreign: "what answers does not speak HTTP/2"
    case .closed: "the connection was closed before HTTP/2 could be spoken"
    case .silent: "no answer in HTTP/2 came in time"
    }
  }
}
