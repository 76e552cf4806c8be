// From a complete request to its handler, and to what becomes of a handler that nobody waits for.
import EventLoop

extension HTTP2Connection {
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

  private func run(_ handle: @escaping HTTPHandler, _ exchange: HTTPExchange, on stream: HTTP2Stream) {
    stream.phase = .answering
    stream.handler = worker.handlers.start(
      handle, exchange, for: StreamRun(connection: self, stream: stream))
    limit(stream, by: worker.limits.requestTimeout)
  }

  func finish(_ response: HTTPResponse, on stream: HTTP2Stream) {
    noteEnd(ofWorkFor: stream)
    stream.handler = nil
    guard stream.phase == .answering else { return }
    respond(response, on: stream)
  }

  /// Nobody waits for the handler, or for the producer of a body, any more. It is told so, and counted until
  /// it has ended.
  func dropHandler(of stream: HTTP2Stream) {
    guard stream.handler != nil || stream.producer != nil else { return }
    stream.handler?.cancel()
    stream.handler = nil
    stream.producer?.cancel()
    stream.producer = nil
    stream.isGivenUp = true
    strayHandlers += 1
  }

  /// A handler or a producer has come to its end.
  func noteEnd(ofWorkFor stream: HTTP2Stream) {
    guard stream.isGivenUp else { return }
    stream.isGivenUp = false
    strayHandlers -= 1
  }

  /// The handler has not answered in time; the other streams do not mind.
  func giveUpHandler(of stream: HTTP2Stream) {
    dropHandler(of: stream)
    refuse(
      Problem(.unavailable, "The request could not be finished in time.", fields: [.retrySoon]), on: stream)
  }
}
