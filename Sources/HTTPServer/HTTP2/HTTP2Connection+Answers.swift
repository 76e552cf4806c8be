// From an answer to what the session is told of it: fields, and a body that is there or is being produced.
import EventLoop

extension HTTP2Connection {
  /// Answers what was refused. That nobody wants so long a body is no news about a request whose answer is
  /// known already.
  func refuse(_ failure: ParseFailure, on stream: HTTP2Stream) {
    if failure == .bodyTooLong, case .answer(let response) = stream.exchange?.plan {
      respond(response, on: stream)
    } else {
      refuse(Problem(failure), on: stream)
    }
  }

  func refuse(_ problem: Problem, on stream: HTTP2Stream) {
    respond(problem.response, on: stream)
  }

  /// Gives the session the answer; without an exchange it is one to fields that never became a request.
  func respond(_ response: HTTPResponse, on stream: HTTP2Stream) {
    guard stream.phase != .responding, stream.phase != .closed else { return }
    let status = response.status
    let omitsBody = status.forbidsBody || stream.exchange?.request.method == .head
    guard omitsBody || holdAnswer(response, on: stream) else {
      return refuse(.tooManyAnswersUnread, on: stream)
    }
    let exchange = stream.exchange.take()
    let requestID = exchange?.requestID ?? worker.nextRequestID()
    stream.phase = .responding
    stream.deadline = .never
    var length: Int?
    var body: ResponseStream?
    switch response.body {
    case .none:
      if !status.forbidsBody { length = 0 }
    case .bytes(let bytes):
      if !status.forbidsBody { length = bytes.count }
      if !omitsBody { stream.output = bytes }
    case .stream(let streamed):
      if !omitsBody { body = streamed }
    }
    worker.fieldBlock.encode(response, length: length, requestID: requestID, date: worker.dateBytes())
    if let body {
      session.submitResponse(worker.fieldBlock, to: stream.id, place: stream.place, hasBody: true)
      stream.exchange = exchange
      produce(body, status: status, requestID: requestID, on: stream)
    } else {
      stream.outputEnded = true
      // An answer that is whole before its request ends with a frame of data in any case: when that is sent,
      // the time for the rest of the request begins.
      let hasBody = !stream.output.isEmpty || !stream.inputEnded
      session.submitResponse(worker.fieldBlock, to: stream.id, place: stream.place, hasBody: hasBody)
      if hasBody { limitReading(of: stream) }
      answered(exchange, on: stream, status, requestID)
    }
    flushLater()
  }

  private func answered(
    _ exchange: HTTPExchange?, on stream: HTTP2Stream, _ status: HTTPStatus, _ requestID: RequestID
  ) {
    worker.note(exchange, status: status, requestID: requestID, peer: peer)
    letRequestGo(of: stream)
  }

  // MARK: Streams

  private func produce(
    _ body: ResponseStream, status: HTTPStatus, requestID: RequestID, on stream: HTTP2Stream
  ) {
    let writer = HTTP2BodyWriter(
      connection: self, stream: stream, status: status, isEndless: body.isEndless)
    stream.writer = writer
    if inputEnded, body.isEndless { return giveUp(stream, .cancel, .peerGone) }
    let run = StreamRun(connection: self, stream: stream)
    let task = Task.immediate(executorPreference: worker.loop) {
      let isWhole: Bool
      do throws(HTTPStreamError) {
        try await body.produce(writer)
        isWhole = true
      } catch {
        isWhole = false
      }
      run.connection.finishBody(isWhole: isWhole, status: status, requestID: requestID, on: run.stream)
    }
    if stream.writer === writer { stream.producer = task }
  }

  /// A body that is not whole ends with a reset, so that nobody takes the part for it.
  private func finishBody(isWhole: Bool, status: HTTPStatus, requestID: RequestID, on stream: HTTP2Stream) {
    noteEnd(ofWorkFor: stream)
    guard stream.phase == .responding, stream.writer != nil else { return }
    stream.writer = nil
    stream.producer = nil
    answered(stream.exchange.take(), on: stream, status, requestID)
    guard isWhole else { return giveUp(stream, .internalError, .sourceFailed) }
    stream.outputEnded = true
    resume(stream)
  }
}
