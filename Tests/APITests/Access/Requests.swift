// Requests as the parser makes them, and what a handler says to them.
import EventLoop
import LedgerStore

@testable import HTTPServer

extension HTTPRequest {
  /// A GET with these fields.
  static func get(_ fields: [(String, String)] = []) throws -> HTTPRequest {
    let lines = fields.map { "\($0.0): \($0.1)\r\n" }.joined()
    let bytes = Array("GET / HTTP/1.1\r\nHost: localhost\r\n\(lines)\r\n".utf8)
    var parser = RequestParser()
    var offset = 0
    while true {
      switch parser.consume(bytes.span, from: &offset) {
      case .head(let request): return request
      case .failed(let failure): throw failure
      case let other: throw Unexpected(what: "\(other)")
      }
    }
  }

  static func presenting(_ key: APIKey) throws -> HTTPRequest {
    try get([("Authorization", "Bearer \(key.text)")])
  }
}

struct Unexpected: Error {
  let what: String
}

extension HTTPExchange {
  /// A request to whatever route.
  static func presenting(_ key: APIKey) throws -> HTTPExchange {
    HTTPExchange(
      request: try .presenting(key),
      match: RoutedRequest(plan: .handle(.instant { _ in .json([]) }), route: 0),
      peer: PeerAddress(host: "127.0.0.1", isLoopback: true), requestID: .given("test"), begin: .system)
  }
}

extension Endpoint {
  /// What its handler answers, or the problem it throws.
  func answer(to request: HTTPRequest) async -> (status: Int, problem: Problem?) {
    let match = RoutedRequest(plan: .handle(self), route: 0)
    let exchange = HTTPExchange(
      request: request, match: match, peer: PeerAddress(host: "127.0.0.1", isLoopback: true),
      requestID: .given("test"), begin: .system)
    guard case .waiting(let handle) = handler else { return (0, nil) }
    do throws(Problem) {
      return (Int(try await handle(exchange).status.code), nil)
    } catch {
      return (Int(error.status.code), error)
    }
  }
}

extension Problem {
  func field(_ name: String) -> String? {
    fields.first { "\($0.name)" == name }.map { "\($0.value)" }
  }
}
