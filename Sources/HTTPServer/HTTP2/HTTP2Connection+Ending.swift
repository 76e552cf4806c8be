// How a stream ends, and what that frees.
import EventLoop

extension HTTP2Connection {
  /// Resets a stream that cannot go on.
  func giveUp(_ stream: HTTP2Stream, _ code: HTTP2ErrorCode, _ reason: HTTPStreamError) {
    end(stream, reason)
    session.submitReset(stream.id, code)
    flushLater()
  }

  /// Stops the work for a stream; its place is free when the session has closed it.
  func end(_ stream: HTTP2Stream, _ reason: HTTPStreamError) {
    guard stream.phase != .closed else { return }
    dropHandler(of: stream)
    stream.phase = .closed
    stream.deadline = .never
    let writer = stream.writer
    stream.writer = nil
    // An answer that has begun is accounted for, whoever ends it.
    if let writer, let exchange = stream.exchange {
      worker.note(exchange, status: writer.status, requestID: exchange.requestID, peer: peer)
    }
    stream.exchange = nil
    stream.output = []
    stream.sent = 0
    letRequestGo(of: stream)
    letAnswerGo(of: stream)
    writer?.streamClosed(reason)
  }

  // MARK: What the session tells

  /// The stream is over. What breaks off instead of ending has its budget, and the code says nothing about
  /// which it was: a client may take a request back with that of a good end.
  func streamCloses(_ id: Int32) {
    if fieldsStream == id { fieldsEnd() }
    guard let stream = stream(id) else { return payForBreak() }
    if heading === stream { heading = nil }
    let hasEndedWell = stream.isAnswerSent && stream.inputEnded
    end(stream, .peerGone)
    streams[stream.place] = nil
    freePlaces.append(stream.place)
    if openStreams == 0 { becomeIdle() }
    guard hasEndedWell else { return payForBreak() }
    brokenStreams.earn(1)
    idleFrames.earn(4)
  }

  /// Leaves word only: streams that we reset close while the session is sending, and to fail there would stop
  /// the sending and nothing else.
  private func payForBreak() {
    if !brokenStreams.take(now: worker.loop.now) { doom = .enhanceYourCalm }
  }

  private func becomeIdle() {
    streams.removeAll(keepingCapacity: streams.capacity <= 32)
    freePlaces.removeAll(keepingCapacity: freePlaces.capacity <= 32)
    idleDeadline = worker.loop.now + worker.limits.idleTimeout
    check(by: idleDeadline)
  }
}
