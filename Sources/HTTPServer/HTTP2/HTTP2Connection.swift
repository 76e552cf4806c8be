// One connection of HTTP/2: many requests at once, each on a stream of its own. nghttp2 keeps the protocol;
// here its events become the same exchanges that a connection of HTTP/1.1 makes, for the same router and
// handlers.
//
// What arrives is given to the session at once, from the loop's buffer. What leaves is taken from it at the
// end of the turn, so that all answers of a turn leave in one write, and only while the client reads:
// answers wait in their streams, not in a buffer of the connection.
import EventLoop

/// The state of one HTTP/2 connection; used on its worker's loop only.
final class HTTP2Connection: ServedConnection, Flushable, @unchecked Sendable {
  enum Phase {
    case open
    /// The last frame is written; what still arrives is thrown away until the client closes or time is up.
    case lingering
    case closed
  }

  enum Draining {
    case no
    /// The client was told to ask no more; it may not have heard it.
    case announced
    /// The last request that will be answered is named.
    case final
  }

  let worker: HTTPWorker
  let socket: Socket
  let peer: PeerAddress
  let session: HTTP2Session
  var phase = Phase.open
  var deadlines = ConnectionDeadlines()

  /// The streams by their places, some of which are free.
  var streams: [HTTP2Stream?] = []
  var freePlaces: [Int] = []
  var openStreams: Int { streams.count - freePlaces.count }
  /// Handlers that go on though nobody waits for them. They count as streams: a client that breaks off what
  /// it has begun must not have us do any amount of work.
  var strayHandlers = 0
  /// The stream whose fields are being read; nil for trailers and for what is refused.
  var heading: HTTP2Stream?
  /// Its fields, of which there is only one block at a time.
  var head = HTTP2RequestHead()
  var keepsFields = false
  /// The stream of the fields that are being read, whatever becomes of them, and how much they were as yet.
  var fieldsStream: Int32?
  var fieldBytes = 0
  /// Streams whose answer has left though their request goes on and on.
  var toReset: [Int32] = []
  /// Writers that may write again when this turn's output has left.
  var relieved: [HTTP2BodyWriter] = []
  /// Bytes of answers' bodies that have left.
  var sentBytes = 0

  // MARK: Bounds

  var brokenStreams: FrameBudget
  var idleFrames: FrameBudget
  /// Whether the last frame was one of data of which nothing has come as yet.
  var owesForData = false
  /// Why the session has to end, found out by a callback.
  var doom: HTTP2ErrorCode?
  /// What is held of requests and answers, how much of it of answers, and what the budget gave for it.
  var held = 0
  var heldForAnswers = 0
  var taken = 0

  // MARK: Times

  var draining = Draining.no
  var drainDeadline = MonotonicInstant.never
  var headDeadline = MonotonicInstant.never
  var idleDeadline = MonotonicInstant.never
  /// What all answers of a turn have in common: until when a client must read on.
  var readingLimit = (from: MonotonicInstant.never, until: MonotonicInstant.never)

  private var isFlushScheduled = false
  private(set) var inputEnded = false
  private var discarded = 0

  var isClosed: Bool { phase == .closed }

  /// Takes over a socket on which the preface has come.
  init?(socket: Socket, peer: PeerAddress, worker: HTTPWorker) {
    guard let session = HTTP2Session() else { return nil }
    self.session = session
    self.worker = worker
    self.socket = socket
    self.peer = peer
    let (limits, now) = (worker.limits, worker.loop.now)
    brokenStreams = FrameBudget(
      burst: limits.brokenStreams, perSecond: limits.brokenStreamsPerSecond, now: now)
    idleFrames = FrameBudget(burst: limits.idleFrames, perSecond: limits.idleFramesPerSecond, now: now)
    self.session.report(to: self)
  }

  func begin(with rest: Span<UInt8>) {
    socket.owner = self
    session.submitSettings(worker.limits)
    // As over HTTP/1.1: who connects has something to ask.
    idleDeadline = worker.loop.now + worker.limits.headTimeout
    check(by: idleDeadline)
    flushLater()
    if !rest.isEmpty { receive(rest) }
  }

  // MARK: Receiving

  func socketReceived(_ bytes: Span<UInt8>) {
    worker.counters.receivedBytes &+= bytes.count
    switch phase {
    case .open: receive(bytes)
    case .lingering: discard(bytes.count)
    case .closed: break
    }
  }

  private func receive(_ bytes: Span<UInt8>) {
    let status = session.receive(bytes)
    guard phase == .open else { return }
    if let doom { return fail(doom) }
    if status != 0 { return fail(HTTP2Callbacks.reason(for: status)) }
    if fieldsStream != nil, headDeadline == .never {
      headDeadline = worker.loop.now + worker.limits.headTimeout
      check(by: headDeadline)
    }
    flushLater()
  }

  /// The client has said its last word; what it asked for completely is answered, if the answer has an end.
  func socketEnded() {
    inputEnded = true
    switch phase {
    case .open:
      for case let stream? in streams where !stream.inputEnded || stream.writer?.isEndless == true {
        giveUp(stream, .cancel, .peerGone)
      }
      flushLater()
    case .lingering:
      if socket.unsentBytes == 0 { close() }
    case .closed: break
    }
  }

  private func discard(_ count: Int) {
    discarded += count
    if discarded > max(1024 * 1024, worker.limits.request.body) { close() }
  }

  // MARK: Sending

  func flushLater() {
    guard !isFlushScheduled, phase == .open else { return }
    isFlushScheduled = true
    worker.loop.flushLater(self)
  }

  /// Takes from the session what may leave now. A client that does not read is not read from either: it could
  /// have us gather answers to frames without end.
  func flush() {
    isFlushScheduled = false
    guard phase == .open else { return }
    takeOutput()
    if let doom { return fail(doom) }
    let isMoreToTake = socket.unsentBytes > worker.limits.outputHighWater
    socket.flush()
    guard phase == .open else { return }
    if socket.unsentBytes > worker.limits.outputHighWater { socket.pauseReading() }
    relieve(isMoreToTake: isMoreToTake && socket.unsentBytes == 0)
    if session.wantsToRead || session.wantsToWrite {
      if inputEnded, openStreams == 0 { closeAfterFlush() }
    } else {
      closeAfterFlush()
    }
  }

  private func takeOutput() {
    while true {
      while socket.unsentBytes <= worker.limits.outputHighWater, session.sendNext(into: socket) {}
      guard !toReset.isEmpty else { return }
      for stream in toReset { session.submitReset(stream, .none) }
      toReset.removeAll()
    }
  }

  /// Those who wait for room go on in the next turn, so that the other sockets have their turn before.
  private func relieve(isMoreToTake: Bool) {
    guard !relieved.isEmpty || isMoreToTake else { return }
    let writers = relieved
    relieved.removeAll()
    worker.loop.post { [self] in
      for writer in writers { writer.drained() }
      flushLater()
    }
  }

  func socketBlocked() {
    beginWriteDeadline()
  }

  func socketDrained() {
    deadlines.write = .never
    switch phase {
    case .open:
      if !inputEnded { socket.resumeReading() }
      flushLater()
    case .lingering: linger()
    case .closed: break
    }
  }

  // MARK: The end

  func socketFailed(_ error: SocketError) {
    close()
  }

  func giveUpReader() {
    endStreams(.peerTooSlow)
    socket.reset()
    close()
  }

  /// Tells the client why, and ends the connection with everything on it.
  func fail(_ code: HTTP2ErrorCode) {
    guard phase == .open else { return }
    endStreams(.peerGone)
    session.terminate(code)
    while socket.unsentBytes <= worker.limits.outputHighWater, session.sendNext(into: socket) {}
    closeAfterFlush()
  }

  /// Sends what is left and then lingers, so that no reset overtakes the last frame.
  func closeAfterFlush() {
    guard phase == .open else { return }
    phase = .lingering
    endStreams(.peerGone)
    clearPhaseDeadline()
    socket.endAfterFlush()
    socket.flush()
    guard phase == .lingering else { return }
    if !inputEnded { socket.resumeReading() }
    if socket.unsentBytes == 0 { linger() }
  }

  private func linger() {
    if inputEnded { close() } else { setPhaseDeadline(after: worker.limits.lingerTimeout) }
  }

  func close() {
    guard phase != .closed else { return }
    phase = .closed
    disarm()
    socket.close()
    endStreams(.peerGone)
    worker.forget(self)
  }

  private func endStreams(_ reason: HTTPStreamError) {
    for case let stream? in streams { end(stream, reason) }
  }
}
