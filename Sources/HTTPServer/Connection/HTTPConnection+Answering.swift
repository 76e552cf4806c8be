// From a request's head to its answer.
import EventLoop

extension HTTPConnection {
  // MARK: The head

  /// Routes a request as soon as its head is complete, so that a body nobody wants is not waited for.
  func begin(_ request: HTTPRequest, bodyMayBeWaiting: Bool) {
    let routed = worker.route(request)
    current = HTTPExchange(
      request: request, match: routed, peer: peer, requestID: worker.identify(request), begin: worker.loop.now
    )
    if case .refuse(let response) = routed.plan {
      return respond(response, to: current, keepAlive: false)
    }
    parser.bodyLimit = routed.bodyLimit
    parser.keepsBody = routed.takesBody
    guard request.expectsContinue, request.framing != .none else { return }
    switch routed.plan {
    case .answer(let response), .refuse(let response):
      // The client asked first and is told no; whether it sends
      // its body now cannot be known, so this is the end.
      respond(response, to: current, keepAlive: false)
    case .handle:
      let announced = request.contentLength ?? 0
      guard bodyMayBeWaiting, announced <= parser.bodyLimit else { return }
      socket.send(ResponseEncoder.continueHead)
    }
  }

  // MARK: The handler

  func complete(_ body: [UInt8]) {
    guard let exchange = current else { return }
    switch exchange.plan {
    case .answer(let response), .refuse(let response):
      respond(response, to: exchange, keepAlive: exchange.request.keepAlive)
    case .handle(let endpoint):
      if !body.isEmpty { exchange.request.body = body }
      switch endpoint.handler {
      case .instant(let handle): answer(exchange, at: handle)
      case .waiting(let handle): run(handle, exchange)
      }
    }
  }

  private func answer(_ exchange: HTTPExchange, at handle: InstantHandler) {
    let response: HTTPResponse
    do throws(Problem) {
      response = try handle(exchange)
    } catch {
      response = error.response
    }
    respond(response, to: exchange, keepAlive: exchange.request.keepAlive)
  }

  private func run(_ handle: @escaping HTTPHandler, _ exchange: HTTPExchange) {
    phase = .answering
    generation += 1
    handler = worker.handlers.start(
      handle, exchange, for: ConnectionRun(connection: self, generation: generation))
    setPhaseDeadline(after: worker.limits.requestTimeout)
  }

  fileprivate func finish(_ response: HTTPResponse, to exchange: HTTPExchange, generation: Int) {
    guard phase == .answering, generation == self.generation else { return }
    handler = nil
    respond(response, to: exchange, keepAlive: exchange.request.keepAlive)
    proceed()
  }

  /// The handler has not answered in time. It may still be waiting for something, so nothing further can be
  /// answered in order here.
  func giveUpHandler() {
    generation += 1
    handler?.cancel()
    handler = nil
    refuse(Problem(.unavailable, "The request could not be finished in time.", fields: [.retrySoon]))
  }

  // MARK: The answer

  /// Answers what the parser refused. That nobody wants so long a body is no news about a request whose
  /// answer is known already.
  func refuse(_ failure: ParseFailure) {
    if failure == .bodyTooLong, case .answer(let response) = current?.plan {
      respond(response, to: current, keepAlive: false)
    } else {
      refuse(Problem(failure))
    }
  }

  /// Answers what could not be understood, came too late or is too much, and ends the connection.
  func refuse(_ problem: Problem) {
    respond(problem.response, to: current, keepAlive: false)
  }

  /// Writes an answer; without an exchange it is one to bytes that never became a request.
  func respond(_ response: HTTPResponse, to exchange: HTTPExchange?, keepAlive wanted: Bool) {
    let keepAlive = wanted && !worker.isDraining
    let version = exchange?.request.version ?? .http11
    let framing = framing(of: response, version: version)
    let endsWithConnection = if case .untilClose = framing { true } else { false }
    let head = ResponseHead(
      framing: framing, version: version, keepAlive: keepAlive && !endsWithConnection,
      requestID: exchange?.requestID ?? worker.nextRequestID())
    ResponseEncoder.encode(response, head: head, date: worker.dateBytes(), into: &socket.output)
    let omitsBody = exchange?.request.method == .head || response.status.forbidsBody
    if case .stream(let stream) = response.body, !omitsBody {
      return produce(stream, of: response, to: exchange, head: head)
    }
    if case .bytes(let bytes) = response.body, !omitsBody { socket.output.append(contentsOf: bytes) }
    socket.flushLater()
    answered(exchange, response.status, head)
  }

  private func framing(of response: HTTPResponse, version: HTTPVersion) -> ResponseFraming {
    if response.status.forbidsBody { return .noBody }
    switch response.body {
    case .none: return .length(0)
    case .bytes(let bytes): return .length(bytes.count)
    case .stream: return version == .http11 ? .chunked : .untilClose
    }
  }

  /// Accounts for the answer and goes back to waiting, or begins to close.
  private func answered(_ exchange: HTTPExchange?, _ status: HTTPStatus, _ head: ResponseHead) {
    worker.note(exchange, status: status, requestID: head.requestID, peer: peer)
    current = nil
    giveBodyBack()
    served += 1
    // A stream may have begun before the server was told to stop.
    guard head.keepAlive, !worker.isDraining else { return closeAfterFlush() }
    phase = .waiting
    setPhaseDeadline(after: worker.limits.idleTimeout)
  }

  // MARK: Streams

  private func produce(
    _ stream: ResponseStream, of response: HTTPResponse, to exchange: HTTPExchange?, head: ResponseHead
  ) {
    let isChunked = if case .chunked = head.framing { true } else { false }
    let writer = ResponseBodyWriter(
      connection: self, isChunked: isChunked, isEndless: stream.isEndless, status: response.status)
    bodyWriter = writer
    phase = .streaming
    if inputEnded, stream.isEndless { return close() }
    clearPhaseDeadline()
    socket.flushLater()
    let task = Task.immediate(executorPreference: worker.loop) { [self] in
      let isWhole: Bool
      do throws(HTTPStreamError) {
        try await stream.produce(writer)
        isWhole = true
      } catch {
        isWhole = false
      }
      guard phase == .streaming, bodyWriter === writer else { return }
      bodyWriter = nil
      producer = nil
      guard isWhole else { return breakOff(exchange, response.status, head.requestID) }
      if isChunked { ResponseEncoder.encodeLastChunk(into: &socket.output) }
      socket.flushLater()
      answered(exchange, response.status, head)
      proceed()
    }
    if phase == .streaming, bodyWriter === writer { producer = task }
  }

  /// The reset tells an HTTP/1.0 client, too, that its body is not whole.
  private func breakOff(_ exchange: HTTPExchange?, _ status: HTTPStatus, _ requestID: RequestID) {
    worker.note(exchange, status: status, requestID: requestID, peer: peer)
    socket.reset()
    close()
  }
}

/// Carries a connection to the end of a handler; the generation tells one that was given up.
private struct ConnectionRun: AnswerTaker {
  let connection: HTTPConnection
  let generation: Int

  func take(_ response: HTTPResponse, to exchange: HTTPExchange) {
    connection.finish(response, to: exchange, generation: generation)
  }
}

extension Problem {
  static var tooManyBodies: Problem {
    Problem(.overloaded, "Too many long bodies are on their way. Nothing was done.", fields: [.retrySoon])
  }
}
