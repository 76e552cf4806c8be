// From a complete request to its answer, and from the answer to frames.
import EventLoop

extension HTTP2Connection {
  // MARK: The handler

  func complete(_ stream: HTTP2Stream) {
    guard let exchange = stream.exchange else { return }
    switch exchange.plan {
    case .answer(let response), .refuse(let response):
      respond(response, on: stream)
    case .handle(let endpoint):
      if !stream.body.isEmpty {
        exchange.request.body = stream.body
        stream.body = []
      }
      switch endpoint.handler {
      case .instant(let handle): answer(exchange, on: stream, at: handle)
      case .waiting(let handle): run(handle, exchange, on: stream)
      }
    }
  }

  private func answer(_ exchange: HTTPExchange, on stream: HTTP2Stream, at handle: InstantHandler) {
    let response: HTTPResponse
    do throws(Problem) {
      response = try handle(exchange)
    } catch {
      response = error.response
    }
    respond(response, on: stream)
  }

  /// Starts the handler at once, on this loop; one that waits for nothing has answered when this returns.
  private func run(_ handle: @escaping HTTPHandler, _ exchange: HTTPExchange, on stream: HTTP2Stream) {
    stream.phase = .answering
    let run = HandlerRun(connection: self, stream: stream)
    let task = Task.immediate(executorPreference: worker.loop) {
      let response: HTTPResponse
      do throws(Problem) {
        response = try await handle(exchange)
      } catch {
        response = error.response
      }
      run.connection.finish(response, on: run.stream)
    }
    guard stream.phase == .answering else { return }
    stream.task = task
    limit(stream, by: worker.limits.requestTimeout)
  }

  private func finish(_ response: HTTPResponse, on stream: HTTP2Stream) {
    if stream.isGivenUp { strayHandlers -= 1 }
    guard stream.phase == .answering else { return }
    stream.task = nil
    respond(response, on: stream)
  }

  /// Nobody waits for the handler any more. It is told so, and counted until it has ended.
  private func dropHandler(of stream: HTTP2Stream) {
    guard let task = stream.task, stream.phase == .answering else { return }
    stream.task = nil
    stream.isGivenUp = true
    strayHandlers += 1
    task.cancel()
  }

  /// The handler has not answered in time; the other streams do not mind.
  func giveUpHandler(of stream: HTTP2Stream) {
    dropHandler(of: stream)
    refuse(
      Problem(.unavailable, "The request could not be finished in time.", fields: [.retrySoon]), on: stream)
  }

  // MARK: The answer

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
    let exchange = stream.exchange.take()
    let requestID = exchange?.requestID ?? worker.nextRequestID()
    let status = response.status
    let omitsBody = status.forbidsBody || exchange?.request.method == .head
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
    giveBodyBack(stream)
  }

  // MARK: Streams

  private func produce(
    _ body: ResponseStream, status: HTTPStatus, requestID: RequestID, on stream: HTTP2Stream
  ) {
    let writer = HTTP2BodyWriter(connection: self, stream: stream)
    stream.writer = writer
    let run = HandlerRun(connection: self, stream: stream)
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
    if stream.writer === writer { stream.task = task }
  }

  /// A body that is not whole ends with a reset, so that nobody takes the part for it.
  private func finishBody(isWhole: Bool, status: HTTPStatus, requestID: RequestID, on stream: HTTP2Stream) {
    guard stream.phase == .responding, stream.writer != nil else { return }
    stream.writer = nil
    stream.task = nil
    answered(stream.exchange.take(), on: stream, status, requestID)
    guard isWhole else { return giveUp(stream, .internalError, .sourceFailed) }
    stream.outputEnded = true
    resume(stream)
  }

  func add(_ bytes: [UInt8], to stream: HTTP2Stream) {
    guard stream.phase == .responding, !bytes.isEmpty else { return }
    if stream.unsent == 0 { limitReading(of: stream) }
    stream.output.append(contentsOf: bytes)
    resume(stream)
  }

  private func resume(_ stream: HTTP2Stream) {
    if stream.isDeferred {
      stream.isDeferred = false
      session.resume(stream.id)
    }
    flushLater()
  }

  // MARK: Frames

  /// How much of a body goes into the next frame; nil when nothing is there yet.
  func portion(ofBodyAt place: Int, room: Int) -> (count: Int, isLast: Bool)? {
    guard let stream = streams[place], stream.phase == .responding else { return nil }
    let count = min(stream.unsent, room)
    let isLast = stream.outputEnded && count == stream.unsent
    guard count > 0 || isLast else {
      stream.isDeferred = true
      return nil
    }
    return (count, isLast)
  }

  /// What became of a frame the session wanted sent.
  enum Sending {
    case sent
    /// Enough waits for the client to read; the session asks again.
    case mustWait
    /// The stream was given up in the meantime.
    case isOver
  }

  func send(_ count: Int, ofBodyAt place: Int, after head: Span<UInt8>) -> Sending {
    guard socket.unsentBytes <= worker.limits.outputHighWater else { return .mustWait }
    guard let stream = streams[place], stream.phase == .responding else { return .isOver }
    socket.output.append(copying: head)
    let end = stream.sent + count
    if count > 0 {
      let output = stream.output
      socket.output.append(copying: output.span.extracting(stream.sent..<end))
    }
    stream.sent = end
    stream.sentInAll += count
    sentBytes += count
    // Each frame may be followed by two of the client's that open its windows.
    idleFrames.earn(2)
    if stream.unsent == 0 { finishOutput(of: stream) } else { forgetSent(of: stream) }
    if let writer = stream.writer, writer.isWaiting, stream.unsent <= HTTP2BodyWriter.highWater / 2 {
      relieved.append(writer)
    }
    return .sent
  }

  private func finishOutput(of stream: HTTP2Stream) {
    stream.sent = 0
    if stream.outputEnded {
      stream.output = []
      stream.isAnswerSent = true
      guard !stream.inputEnded else { return }
      if isTooMuchToReadPast(stream) { toReset.append(stream.id) }
      limit(stream, by: worker.limits.bodyTimeout)
    } else {
      stream.output.removeAll(keepingCapacity: true)
    }
  }

  /// Of a stream that is never quite read out, only what is left is kept.
  private func forgetSent(of stream: HTTP2Stream) {
    guard !stream.outputEnded, stream.sent > stream.unsent else { return }
    stream.output.removeFirst(stream.sent)
    stream.sent = 0
  }

  // MARK: The end

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
    stream.task?.cancel()
    stream.task = nil
    let writer = stream.writer
    stream.writer = nil
    stream.exchange = nil
    stream.output = []
    stream.sent = 0
    giveBodyBack(stream)
    writer?.streamClosed(reason)
  }
}

/// Carries a stream into its task, which never leaves the connection's loop.
private struct HandlerRun: @unchecked Sendable {
  let connection: HTTP2Connection
  let stream: HTTP2Stream
}
