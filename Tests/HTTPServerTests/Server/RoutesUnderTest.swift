// The routes of the server under test: one for each way a handler can answer.
import EventLoop
import Synchronization

@testable import HTTPServer

final class RoutesUnderTest: Sendable {
  let gate = Gate()
  private let finished = Atomic(0)
  private let streamed = Atomic(0)
  private let errors = Mutex<[HTTPStreamError]>([])

  /// Handlers that ran to their end.
  var finishedHandlers: Int { finished.load(ordering: .relaxed) }
  /// Bytes that streaming handlers have handed over.
  var streamedBytes: Int { streamed.load(ordering: .relaxed) }
  /// Why streaming handlers ended before they were done.
  var streamErrors: [HTTPStreamError] { errors.withLock { $0 } }

  static let sync = Array(#"{"ok":true}"#.utf8)
  static let pageCount = 20_000
  static let bigCount = 1_000_000
  static let line = Array("one line of a large table;1;2;3;4;5;6;7;8;9;10\n".utf8)

  func router(on loop: EventLoop) -> Router<Endpoint> {
    var router = Router<Endpoint>()
    addPlain(to: &router)
    addWaiting(to: &router, loop)
    addStreams(to: &router, loop)
    return router
  }

  private func addPlain(to router: inout Router<Endpoint>) {
    router.on(.get, "/sync", Endpoint { _ in .json(Self.sync) })
    router.on(.get, "/instant", Endpoint.instant { _ in .json(Self.sync) })
    router.on(.get, "/instant-empty", Endpoint.instant { _ in HTTPResponse(.noContent) })
    router.on(.get, "/number/{number}", Endpoint { exchange throws(Problem) in .text(try number(exchange)) })
    router.on(
      .get, "/either",
      Endpoint(produces: "application/json", "text/csv") {
        $0.prefers("text/csv")
          ? HTTPResponse(.ok, contentType: "text/csv", body: .bytes([])) : .json(Self.sync)
      })
    router.on(.get, "/empty", Endpoint { _ in HTTPResponse(.noContent) })
    router.on(.get, "/big", Endpoint { _ in .json([UInt8](repeating: 0x61, count: Self.bigCount)) })
    router.on(.get, "/page", Endpoint { _ in .json([UInt8](repeating: 0x61, count: Self.pageCount)) })
    router.on(.post, "/ignoring", Endpoint { .json($0.request.body.isEmpty ? Self.sync : []) })
    router.on(.post, "/echo", Endpoint(body: .json(limit: .max)) { .json($0.request.body) })
    router.on(.post, "/json", Endpoint(body: .json(limit: 1000)) { .json($0.request.body) })
    router.on(.post, "/large", Endpoint(body: .json(limit: .max)) { .json($0.request.body) })
    router.on(
      .post, "/checked",
      Endpoint(
        body: .json(limit: .max), produces: [],
        headCheck: {
          $0.headers.contains("authorization") ? nil : Problem(.forbidden, "Who are you?")
        },
        handle: { .json($0.request.body) }))
    router.on(.get, "/problem", Endpoint { _ throws(Problem) in throw Problem(.forbidden, "Not you.") })
  }

  private func addWaiting(to router: inout Router<Endpoint>, _ loop: EventLoop) {
    router.on(
      .get, "/sleep/{number}",
      Endpoint { exchange throws(Problem) in
        try? await loop.sleep(for: .milliseconds(1))
        return .text(try number(exchange))
      })
    router.on(
      .get, "/task",
      Endpoint { _ in
        try? await loop.sleep(for: .milliseconds(1))
        let task = unsafe withUnsafeCurrentTask { unsafe $0.hashValue }
        return .text("\(task) \(Task.isCancelled ? "gives up" : "goes on")")
      })
    router.on(
      .get, "/gate",
      Endpoint { [self] _ in
        await gate.pass(on: loop)
        finished.add(1, ordering: .relaxed)
        return .json(Self.sync)
      })
    router.on(
      .post, "/gated-page",
      Endpoint { [self] _ in
        await gate.pass(on: loop)
        return .json([UInt8](repeating: 0x61, count: Self.pageCount))
      })
  }

  private func addStreams(to router: inout Router<Endpoint>, _ loop: EventLoop) {
    router.on(
      .get, "/lines/{number}",
      Endpoint(produces: "text/csv") { [self] exchange throws(Problem) in
        stream(lines: Int(try number(exchange)) ?? 0)
      })
    router.on(
      .get, "/broken", Endpoint(produces: "text/csv") { _ in HTTPResponse(.ok, body: .stream(Self.broken)) })
    router.on(.get, "/endless", Endpoint(produces: "text/csv") { [self] _ in stream(lines: .max) })
    router.on(
      .get, "/ticker", Endpoint(produces: "text/csv") { [self] _ in stream(lines: .max, isEndless: true) })
    router.on(
      .get, "/slow-table", Endpoint(produces: "text/csv") { [self] _ in gated(isEndless: false, loop) })
    router.on(.get, "/live", Endpoint(produces: "text/csv") { [self] _ in gated(isEndless: true, loop) })
    router.on(
      .get, "/late-live",
      Endpoint(produces: "text/csv") { [self] _ in
        await gate.pass(on: loop)
        return gated(isEndless: true, loop)
      })
  }

  /// A line, and nothing more before the gate is open, whoever is told to end.
  private func gated(isEndless: Bool, _ loop: EventLoop) -> HTTPResponse {
    let stream = ResponseStream(isEndless: isEndless) { [self] writer in
      do throws(HTTPStreamError) {
        try await writer.write(Self.line)
        await gate.pass(on: loop)
        try await writer.write(Self.line)
      } catch {
        errors.withLock { $0.append(error) }
      }
      finished.add(1, ordering: .relaxed)
    }
    return HTTPResponse(.ok, contentType: "text/csv", body: .stream(stream))
  }

  private static let broken = ResponseStream { writer throws(HTTPStreamError) in
    try await writer.write(line)
    throw .sourceFailed
  }

  private func stream(lines: Int, isEndless: Bool = false) -> HTTPResponse {
    let stream = ResponseStream(isEndless: isEndless) { [self] writer in
      var left = lines
      do throws(HTTPStreamError) {
        while left > 0 {
          try await writer.write(Self.line)
          streamed.add(Self.line.count, ordering: .relaxed)
          left -= 1
        }
      } catch {
        errors.withLock { $0.append(error) }
      }
      finished.add(1, ordering: .relaxed)
    }
    return HTTPResponse(.ok, contentType: "text/csv", body: .stream(stream))
  }
}

private func number(_ exchange: HTTPExchange) throws(Problem) -> String {
  do throws(RequestError) {
    return try exchange.parameters.string("number")
  } catch {
    throw Problem(error)
  }
}
