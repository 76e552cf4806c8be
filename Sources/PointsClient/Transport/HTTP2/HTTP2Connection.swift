// One connection of HTTP/2, and the calls it carries, each on a stream of its own. nghttp2 keeps the
// protocol. What arrives is given to the session at once; what leaves is taken from it at the end of the
// turn, so that all calls of a turn leave in one write.
//
// A stream that goes wrong ends its call only. What goes wrong with the connection ends them all. Calls that
// the service has said it did not take up were certainly not carried out, and may go elsewhere.
import EventLoop

/// Touched on the loop's thread only; hence `@unchecked Sendable`.
final class HTTP2Connection: Carrier, SocketOwner, DeadlineOwner, Flushable, @unchecked Sendable {
  enum Phase {
    /// We have begun; the service has not answered in HTTP/2. `open` or `closed` follow.
    case greeting(Dial)
    case open
    /// It takes no further calls and is closed with the last one.
    case leaving
    case closed
  }

  unowned let pool: ConnectionPool
  var loop: EventLoop { pool.loop }
  let session: HTTP2Session
  private let socket: Socket
  private(set) var phase: Phase
  let limits = AnswerLimits()
  var streams: [Int32: HTTP2Stream] = [:]
  private var carriedCalls = 0
  /// The first bytes of the service, until they can be told from another protocol's.
  private var firstBytes: [UInt8] = []
  private var isTold = false
  private(set) var receivedBytes = 0
  /// What is kept of answers that are not complete.
  var keptBytes = 0
  private var isFlushScheduled = false

  // MARK: What callbacks have found out

  var hasSettings = false
  var hasGoAway = false

  // MARK: Times

  private var alarm: DeadlineID?
  /// Whether the alarm is about calls under way, or about resting.
  private var isBusy = false
  private var lastReceived: MonotonicInstant
  /// An echo was asked for, since nothing else came.
  private var wantsEcho = false

  /// Nobody has to read faster than this; the rest of a request waits in the session.
  private static let outputHighWater = 64 * 1024
  /// Whatever a service allows.
  private static let callLimitMax = 256

  /// Takes over a socket that is connected; nil only if there is no memory.
  init?(pool: ConnectionPool, socket: Socket, dial: Dial) {
    guard let session = HTTP2Session() else { return nil }
    self.session = session
    self.pool = pool
    self.socket = socket
    phase = .greeting(dial)
    lastReceived = pool.loop.clock.now
    self.session.report(to: self)
  }

  /// Sends the preface and our settings, and nothing else until the service has answered.
  func greet() {
    socket.owner = self
    socket.resumeReading()
    session.submitSettings(limits)
    flushLater()
  }

  // MARK: Carrying

  /// Calls under way, and those of which the service has yet to hear that they are not.
  var calls: Int { streams.count }
  var callLimit: Int { min(session.callLimit, Self.callLimitMax) }
  var hasRoom: Bool { isOpen && calls < callLimit }
  private var isOpen: Bool { if case .open = phase { true } else { false } }

  /// Looks for news that the kernel has and the loop has not. False when it takes no more calls.
  func checkIdle() -> Bool {
    socket.receive()
    return isOpen
  }

  func carry(_ exchange: Exchange) {
    let fields = pool.encoder.fields(of: exchange.call)
    let hasBody = exchange.call.body?.isEmpty == false
    guard let stream = session.submitRequest(fields, hasBody: hasBody) else {
      exchange.end(.failure(.unsent(.lost("the connection takes no more calls"))), on: loop)
      return leave()
    }
    let wasResting = streams.isEmpty
    streams[stream] = HTTP2Stream(exchange, receivedBefore: receivedBytes)
    exchange.stream = stream
    exchange.phase = .on(self)
    exchange.setAlarm(after: pool.options.requestTimeout, on: loop)
    if wasResting { watchSilence() }
    flushLater()
    if !session.takesRequests { leave() }
  }

  /// The service is told that nobody waits any more. It may do the work all the same.
  func abandon(_ exchange: Exchange, because cause: TransportFailure.Cause) {
    guard let stream = streams[exchange.stream], stream.exchange === exchange else { return }
    giveUp(exchange.stream, stream, because: cause)
  }

  func giveUp(_ id: Int32, _ stream: HTTP2Stream, because cause: TransportFailure.Cause) {
    end(stream, .failure(TransportFailure(cause, mayHaveLeft: stream.hasLeft)))
    session.submitReset(id, .cancel)
    flushLater()
  }

  func end(_ stream: HTTP2Stream, _ outcome: Exchange.Outcome) {
    guard let exchange = stream.exchange else { return }
    stream.exchange = nil
    keptBytes -= stream.answer.body.count
    stream.answer.body = []
    if case .success = outcome { carriedCalls += 1 }
    exchange.end(outcome, on: loop)
  }

  // MARK: Receiving

  func socketReceived(_ bytes: Span<UInt8>) {
    receivedBytes += bytes.count
    lastReceived = loop.clock.now
    wantsEcho = false
    if isTold { receive(bytes) } else { tell(bytes) }
  }

  /// Nine bytes tell settings of HTTP/2 from anything else that could answer.
  private func tell(_ bytes: Span<UInt8>) {
    firstBytes.append(copying: bytes)
    guard firstBytes.count >= 9 else { return }
    isTold =
      firstBytes[0] == 0 && firstBytes[3] == 4 && firstBytes[4] & 1 == 0
      && firstBytes[5..<9].allSatisfy { $0 == 0 }
    guard isTold else { return lose(.malformed("it is no answer of HTTP/2")) }
    let first = firstBytes
    firstBytes = []
    receive(first.span)
  }

  private func receive(_ bytes: Span<UInt8>) {
    guard session.receive(bytes) else { return lose(Self.malformed) }
    if hasSettings, case .greeting(let dial) = phase {
      phase = .open
      rest()
      dial.greeted(by: self)
    }
    if hasGoAway { leave() }
    flushLater()
  }

  func socketEnded() {
    lose(.lost("the service closed the connection before its answer was complete"))
  }

  func socketFailed(_ error: SocketError) {
    lose(.lost(error.description))
  }

  // MARK: Sending

  private func flushLater() {
    guard !isFlushScheduled else { return }
    isFlushScheduled = true
    loop.flushLater(self)
  }

  func flush() {
    isFlushScheduled = false
    if case .closed = phase { return }
    takeOutput()
    socket.flush()
    conclude()
  }

  private func takeOutput() {
    while socket.unsentBytes <= Self.outputHighWater, session.sendNext(into: socket) {}
  }

  func socketDrained() {
    flushLater()
  }

  /// Sees what has become of the session in this turn.
  private func conclude() {
    switch phase {
    case .closed: return
    case .greeting, .open, .leaving: break
    }
    guard session.wantsMore else { return lose(hasGoAway ? Self.gone : Self.malformed) }
    if streams.isEmpty {
      if case .leaving = phase { return farewell() }
      if isBusy { rest() }
    }
    if isOpen { pool.serveWaiting() }
  }

  // MARK: Times

  private func setAlarm(after duration: Duration) {
    clearAlarm()
    alarm = loop.setDeadline(after: duration, for: self)
  }

  private func clearAlarm() {
    if let alarm { loop.cancelDeadline(alarm) }
    alarm = nil
  }

  private func rest() {
    isBusy = false
    setAlarm(after: pool.options.idleTimeout)
  }

  /// How long calls wait on a connection that brings nothing before it is asked for a sign of life. A
  /// connection that died without a word must not cost every call on it its whole time.
  private var silence: Duration { min(pool.options.requestTimeout, pool.options.callTimeout) / 2 }

  private func watchSilence() {
    isBusy = true
    wantsEcho = false
    lastReceived = loop.clock.now
    setAlarm(after: silence)
  }

  func deadlinePassed(_ id: DeadlineID) {
    guard alarm == id else { return }
    alarm = nil
    guard isBusy else { return farewell() }
    let left = (lastReceived + silence).remaining(from: loop.clock.now)
    if left > .zero {
      setAlarm(after: left)
    } else if wantsEcho {
      lose(.lost("the connection has fallen silent"))
    } else {
      wantsEcho = true
      session.submitPing()
      flushLater()
      setAlarm(after: silence / 2)
    }
  }

  // MARK: The end

  private static let gone = TransportFailure.Cause.lost("the service ended the connection")
  static let malformed = TransportFailure.Cause.malformed("it breaks the rules of HTTP/2")

  /// Takes no more calls, and ends with the last one.
  private func leave() {
    guard isOpen else { return }
    phase = .leaving
    flushLater()
    pool.leaves(self)
  }

  /// The connection has ended, and every call on it.
  private func lose(_ cause: TransportFailure.Cause) {
    if case .greeting(let dial) = phase {
      let refusal = firstBytes.isEmpty && !isTold ? SpokenVersion.Refusal.closed : .foreign
      close()
      return dial.notGreeted(refusal)
    }
    let ended = streams
    close()
    var isLost = false
    if case .lost = cause { isLost = carriedCalls > 0 }
    for stream in ended.values {
      let wasStale = isLost && receivedBytes == stream.receivedBefore
      end(stream, .failure(TransportFailure(cause, mayHaveLeft: stream.hasLeft, wasStale: wasStale)))
    }
  }

  /// Ends in order, once nothing is under way.
  private func farewell() {
    session.terminate()
    takeOutput()
    socket.flush()
    close()
  }

  /// The client ends, and all its calls.
  func end() {
    if case .closed = phase { return }
    session.terminate()
    takeOutput()
    for stream in streams.values {
      end(stream, .failure(TransportFailure(.closed, mayHaveLeft: stream.hasLeft)))
    }
    socket.flush()
    close()
  }

  func close() {
    if case .closed = phase { return }
    phase = .closed
    clearAlarm()
    streams = [:]
    socket.close()
    pool.gone(self)
  }
}
