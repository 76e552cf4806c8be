// One client connection. It feeds what arrives to the parser, hands complete requests to their handlers one
// at a time, and writes the answers in order; further requests wait, unparsed, until their turn.
//
// A connection whose first bytes are the preface of HTTP/2 is given to an `HTTP2Connection` before the parser
// sees any of them. TLS would sit inside `Socket`.
import EventLoop

/// The state of one HTTP/1.1 connection; used on its worker's loop only.
final class HTTPConnection: ServedConnection, @unchecked Sendable {
  enum Phase: Equatable {
    /// Nothing of a request has arrived. Ends by idle time-out, without a word.
    case waiting
    /// A part of a head has arrived. Ends by time-out with 408.
    case head
    /// The head is complete and was routed; its body is arriving. Ends by time-out with 408.
    case body
    /// The handler runs and nothing of its answer has been written. Ends by time-out with 503.
    case answering
    /// The head of the answer is written, its body is being produced.
    case streaming
    /// The last answer is written; what still arrives is thrown away until the client closes or time is up.
    case lingering
    case closed
  }

  let worker: HTTPWorker
  let socket: Socket
  let peer: PeerAddress
  var phase = Phase.waiting
  var parser: RequestParser
  /// The request whose head was read last, until it is answered.
  var current: HTTPExchange?
  /// Tells late answers of a handler that was given up from those of its successor.
  var generation = 0
  var handler: HandlerTask?
  /// Writes a body that comes piece by piece.
  var producer: Task<Void, Never>?
  var bodyWriter: ResponseBodyWriter?
  var served = 0

  /// Bytes that arrived while a request was being answered; the first `keptStart` of them were used up.
  /// Nothing that arrives later may pass by them.
  private var kept: [UInt8] = []
  private var keptStart = 0
  private var isProcessing = false
  private(set) var inputEnded = false
  private var discarded = 0
  /// What was taken from the budget for the body of the request at hand.
  private var takenForBody = 0
  var deadlines = ConnectionDeadlines()
  /// How much of the preface of HTTP/2 has come; nil once the bytes are known to be HTTP/1.
  private var prefaceRead: Int?

  var isClosed: Bool { phase == .closed }

  init(descriptor: Int32, peer: SocketAddress, worker: HTTPWorker) {
    self.worker = worker
    self.peer = PeerAddress(host: peer.host, isLoopback: peer.isLoopback)
    parser = RequestParser(limits: worker.limits.request)
    prefaceRead = worker.limits.speaksHTTP2 ? 0 : nil
    socket = Socket(descriptor: descriptor, on: worker.loop)
    socket.owner = self
    setPhaseDeadline(after: worker.limits.headTimeout)
    socket.resumeReading()
  }

  // MARK: Receiving

  func socketReceived(_ bytes: Span<UInt8>) {
    worker.counters.receivedBytes &+= bytes.count
    if let read = prefaceRead { receiveFirst(bytes, after: read) } else { receive(bytes) }
  }

  /// Bytes that could be the preface are held back: they are known, so their number is enough. With the first
  /// one that differs they become what a client of HTTP/1 has sent.
  private func receiveFirst(_ bytes: Span<UInt8>, after read: Int) {
    switch HTTP2Preface.match(bytes, after: read) {
    case .differs where read == 0:
      prefaceRead = nil
      receive(bytes)
    case .differs:
      prefaceRead = nil
      let held = Array(HTTP2Preface.bytes[..<read]) + Array(copying: bytes)
      receive(held.span)
    case .partial(let count):
      prefaceRead = count
      enter(.head, timeout: worker.limits.headTimeout)
    case .complete(let end):
      giveToHTTP2(bytes.extracting(end...))
    }
  }

  private func giveToHTTP2(_ rest: Span<UInt8>) {
    guard let successor = HTTP2Connection(socket: socket, peer: peer, worker: worker) else { return close() }
    disarm()
    phase = .closed
    worker.replace(self, by: successor)
    successor.begin(with: rest)
  }

  private func receive(_ bytes: Span<UInt8>) {
    switch phase {
    case .waiting, .head, .body:
      guard kept.isEmpty else { return keep(bytes) }
      var offset = 0
      process(bytes, from: &offset)
      if takesInput { keep(bytes.extracting(offset...)) }
    case .answering, .streaming: keep(bytes)
    case .lingering: discard(bytes.count)
    case .closed: break
    }
  }

  /// The client has said its last word, but it may still read: whatever it asked for completely is answered.
  func socketEnded() {
    if let read = prefaceRead, read > 0 {
      prefaceRead = nil
      let held = Array(HTTP2Preface.bytes[..<read])
      receive(held.span)
    }
    inputEnded = true
    switch phase {
    case .waiting, .head, .body:
      if kept.isEmpty { closeAfterFlush() }
    case .lingering:
      if socket.unsentBytes == 0 { close() }
    case .streaming:
      if bodyWriter?.isEndless == true { close() }
    case .answering, .closed: break
    }
  }

  /// Parses and answers until the bytes are used up or a handler has to wait.
  private func process(_ input: Span<UInt8>, from offset: inout Int) {
    isProcessing = true
    defer { isProcessing = false }
    while canTakeRequests {
      switch parser.consume(input, from: &offset) {
      case .needMore: return waitForMore()
      case .head(let request): begin(request, bodyMayBeWaiting: offset == input.count)
      case .complete(let body): complete(body)
      case .failed(let failure): return refuse(failure)
      }
    }
  }

  /// One request at a time, and none for a client that does not read its answers. Much output leaves at once
  /// instead of at the end of the turn: only what the client then leaves unread says that it does not read,
  /// and only then will `socketDrained` go on here.
  private var canTakeRequests: Bool {
    guard takesRequests else { return false }
    guard socket.unsentBytes > worker.limits.outputHighWater else { return true }
    socket.flush()
    return takesRequests && socket.unsentBytes <= worker.limits.outputHighWater
  }

  private var takesRequests: Bool {
    switch phase {
    case .waiting, .head, .body: true
    case .answering, .streaming, .lingering, .closed: false
    }
  }

  /// Whether what arrives now is still for the parser, sooner or later.
  private var takesInput: Bool {
    switch phase {
    case .waiting, .head, .body, .answering, .streaming: true
    case .lingering, .closed: false
    }
  }

  private func waitForMore() {
    if inputEnded {
      closeAfterFlush()
    } else if current != nil {
      guard takeForBody() else { return refuse(.tooManyBodies) }
      enter(.body, timeout: worker.limits.bodyTimeout)
    } else if !parser.isIdle {
      enter(.head, timeout: worker.limits.headTimeout)
    }
  }

  /// Takes what has come of a long body from what all may have of such.
  private func takeForBody() -> Bool {
    let more = parser.keptBody / BodyBudget.portion * BodyBudget.portion - takenForBody
    guard more > 0 else { return true }
    guard worker.bodies.take(more) else { return false }
    takenForBody += more
    return true
  }

  /// The request has been answered, or nobody waits for it any more.
  func giveBodyBack() {
    guard takenForBody > 0 else { return }
    worker.bodies.giveBack(takenForBody)
    takenForBody = 0
  }

  private func enter(_ next: Phase, timeout: Duration) {
    guard phase != next else { return }
    phase = next
    setPhaseDeadline(after: timeout)
  }

  /// Goes on with what arrived in the meantime; called when
  /// a request has been answered or output has drained.
  func proceed() {
    guard !isProcessing, canTakeRequests else { return }
    let input = kept
    var offset = keptStart
    process(input.span, from: &offset)
    guard takesInput else { return }
    keptStart = offset
    if keptStart == kept.count { forgetKept() }
    if kept.count - keptStart <= worker.limits.inputHighWater, !inputEnded { socket.resumeReading() }
  }

  private func keep(_ bytes: Span<UInt8>) {
    if keptStart > 0 {
      kept.removeFirst(keptStart)
      keptStart = 0
    }
    kept.append(copying: bytes)
    if kept.count > worker.limits.inputHighWater { socket.pauseReading() }
  }

  private func forgetKept() {
    kept = []
    keptStart = 0
  }

  /// As much as somebody's body may be is thrown away, for as long as the connection lingers: a client that
  /// sends all of it before it reads does not lose the answer to a reset.
  private func discard(_ count: Int) {
    discarded += count
    if discarded > max(1024 * 1024, worker.limits.request.body) { close() }
  }

  // MARK: Sending

  func socketBlocked() {
    beginWriteDeadline()
  }

  func socketDrained() {
    deadlines.write = .never
    bodyWriter?.drained()
    if phase == .lingering { linger() } else { proceed() }
  }

  // MARK: The end

  func socketFailed(_ error: SocketError) {
    close()
  }

  /// Sends what is left, for which the client has the time any answer has, and then lingers.
  func closeAfterFlush() {
    guard phase != .closed else { return }
    phase = .lingering
    forgetKept()
    clearPhaseDeadline()
    socket.endAfterFlush()
    socket.flush()
    guard phase == .lingering else { return }
    if !inputEnded { socket.resumeReading() }
    if socket.unsentBytes == 0 { linger() }
  }

  /// All is sent: waits a little for the client to close, because closing at once would let a reset overtake
  /// the last answer while the client still sends.
  private func linger() {
    if inputEnded { close() } else { setPhaseDeadline(after: worker.limits.lingerTimeout) }
  }

  func close() {
    guard phase != .closed else { return }
    phase = .closed
    generation += 1
    disarm()
    socket.close()
    forgetKept()
    // An answer that has begun is accounted for, whoever ends it.
    if let bodyWriter, let current {
      worker.note(current, status: bodyWriter.status, requestID: current.requestID, peer: peer)
    }
    giveBodyBack()
    current = nil
    handler?.cancel()
    handler = nil
    producer?.cancel()
    producer = nil
    bodyWriter?.connectionClosed(.peerGone)
    worker.forget(self)
  }

  /// The server stops: a connection between requests ends now, any other after its answer.
  func drain() {
    // What was kept is answered when its turn comes; the answer then says that it is the last.
    guard phase == .waiting, kept.isEmpty else { return }
    if served == 0 { return setPhaseDeadline(after: .seconds(1)) }
    // A request may lie unread in the kernel; it was accepted, so it is answered.
    socket.receive()
    if phase == .waiting, kept.isEmpty { closeAfterFlush() }
  }

  /// The time to drain is over. Who still waits for an answer was accepted, so he is told that there will be
  /// none.
  func cut() {
    if phase == .answering { giveUpHandler() }
    close()
  }
}
