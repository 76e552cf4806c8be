// What the session reads becomes requests. Everything here is called by nghttp2, in the middle of its
// reading: it may submit answers, but never send or close.
import EventLoop

extension HTTP2Connection {
  // MARK: Fields

  func headBegins(on id: Int32, isTrailer: Bool) {
    fieldsStream = id
    fieldBytes = 0
    heading = nil
    keepsFields = false
    guard !isTrailer else { return }
    guard openStreams + strayHandlers < worker.limits.streams else {
      return session.submitReset(id, .refusedStream)
    }
    let place = freePlaces.popLast() ?? streams.count
    let stream = HTTP2Stream(id: id, place: place)
    if place == streams.count { streams.append(stream) } else { streams[place] = stream }
    session.setPlace(place, of: id)
    heading = stream
    // A stream that broke off in the middle of its fields has left some.
    if head.size > 0 { head = HTTP2RequestHead() }
    keepsFields = true
  }

  /// False when there are so many fields that reading them for nothing is too much.
  func fieldArrived(_ name: Span<UInt8>, _ value: Span<UInt8>, isValid: Bool) -> Bool {
    fieldBytes += name.count + value.count + 4
    let limits = worker.limits.request
    guard fieldBytes <= 4 * limits.head else {
      doom = .enhanceYourCalm
      return false
    }
    guard keepsFields else { return true }
    if isValid { head.add(name, value, limits: limits) } else { head.addInvalid(name, value) }
    return true
  }

  func headEnds(on id: Int32, endsStream: Bool) {
    fieldsEnd()
    guard let stream = heading else { return trailersEnd(on: id) }
    heading = nil
    stream.inputEnded = endsStream
    do throws(ParseFailure) {
      var read = HTTP2RequestHead()
      swap(&read, &head)
      begin(try read.read(isWhole: endsStream), on: stream)
    } catch {
      refuse(error, on: stream)
    }
  }

  /// The block has ended, or nothing more is wanted of it.
  func fieldsEnd() {
    fieldsStream = nil
    headDeadline = .never
  }

  /// Trailers are held to the rules of fields and then forgotten: nothing of ours reads them.
  private func trailersEnd(on id: Int32) {
    guard let stream = stream(id) else { return }
    stream.inputEnded = true
    guard stream.phase == .body else { return }
    if fieldBytes > worker.limits.request.trailers {
      refuse(.trailersTooLong, on: stream)
    } else {
      complete(stream)
    }
  }

  func stream(_ id: Int32) -> HTTP2Stream? {
    session.place(of: id).flatMap { streams[$0] }
  }

  /// Routes a request as soon as its head is complete, so that a body nobody wants is not waited for.
  private func begin(_ request: consuming HTTPRequest, on stream: HTTP2Stream) {
    let routed = worker.route(request)
    let requestID = worker.identify(request)
    stream.bodyLimit = routed.bodyLimit
    stream.keepsBody = routed.takesBody
    let exchange = HTTPExchange(
      request: request, match: routed, peer: peer, requestID: requestID, begin: worker.loop.now)
    stream.exchange = exchange
    if case .refuse(let response) = exchange.plan { return respond(response, on: stream) }
    guard holdHead(of: exchange.request, on: stream) else {
      return refuse(.tooManyRequestsWaiting, on: stream)
    }
    if stream.inputEnded { return complete(stream) }
    if let length = exchange.request.contentLength, length > stream.bodyLimit {
      return refuse(.bodyTooLong, on: stream)
    }
    if exchange.request.expectsContinue {
      if case .answer(let response) = exchange.plan { return respond(response, on: stream) }
      worker.fieldBlock.encodeContinue()
      session.submitContinue(worker.fieldBlock, to: stream.id)
    }
    stream.phase = .body
    limit(stream, by: worker.limits.bodyTimeout)
  }

  // MARK: Bodies

  /// Takes a piece of a body, and opens the window again by as much. What nobody will look at is not kept.
  func bodyArrived(_ bytes: Span<UInt8>, on id: Int32) {
    owesForData = false
    guard let stream = stream(id), stream.phase != .closed else { return session.discard(bytes.count) }
    stream.bodyRead += bytes.count
    guard stream.phase == .body else { return readPast(bytes.count, on: stream) }
    guard stream.bodyRead <= stream.bodyLimit else {
      readPast(bytes.count, on: stream)
      return refuse(.bodyTooLong, on: stream)
    }
    guard stream.keepsBody else { return session.consume(bytes.count, of: id) }
    guard holdForRequest(bytes.count, of: stream) else {
      readPast(bytes.count, on: stream)
      return refuse(.tooManyBodies, on: stream)
    }
    let length = stream.exchange?.request.contentLength ?? stream.bodyLimit
    stream.body.append(copying: bytes, growingUpTo: length)
    session.consume(bytes.count, of: id)
  }

  /// The answer is given already. Real clients lose it if their stream is reset while they send, so as much
  /// as somebody's body may be is thrown away; a client that sends more is reset once it has its answer.
  private func readPast(_ count: Int, on stream: HTTP2Stream) {
    guard isTooMuchToReadPast(stream) else { return session.consume(count, of: stream.id) }
    session.discard(count)
    if stream.isAnswerSent { session.submitReset(stream.id, .none) }
  }

  func isTooMuchToReadPast(_ stream: HTTP2Stream) -> Bool {
    stream.bodyRead > max(1024 * 1024, worker.limits.request.body)
  }

  func bodyEnds(on id: Int32) {
    guard let stream = stream(id) else { return }
    stream.inputEnded = true
    if stream.phase == .body { complete(stream) }
  }

  // MARK: Bounds

  enum FrameKind {
    case fields
    /// It is paid for when nothing has come of it: padding alone is no data.
    case data
    case other
  }

  /// False when the session has to end: this frame, or the one before, is one too many of those that bring no
  /// request any nearer.
  func frameBegins(_ kind: FrameKind) -> Bool {
    guard doom == nil else { return false }
    if owesForData, !payForIdleFrame() { return false }
    owesForData = kind == .data
    return kind != .other || payForIdleFrame()
  }

  private func payForIdleFrame() -> Bool {
    guard !idleFrames.take(now: worker.loop.now) else { return true }
    doom = .enhanceYourCalm
    return false
  }
}
