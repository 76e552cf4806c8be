// Drives the parser the way a connection does and writes
// down what came of it, so that deliveries can be compared.

@testable import HTTPServer

/// A request with everything the parser said about it.
struct SeenRequest: Equatable {
  var method: String
  var path: String
  var query = ""
  var authority = "h"
  var version = HTTPVersion.http11
  var keepAlive = true
  var expectsContinue = false
  var framing = BodyFraming.none
  var fields: [String] = ["Host: h"]
  var body: [UInt8] = []

  init(_ method: String, _ path: String) {
    self.method = method
    self.path = path
  }

  init(_ request: HTTPRequest, body: [UInt8]) {
    method = request.methodName
    path = request.rawPath
    query = request.rawQuery
    authority = request.authority
    version = request.version
    keepAlive = request.keepAlive
    expectsContinue = request.expectsContinue
    framing = request.framing
    fields = request.headers.all.map { "\($0.name): \($0.value)" }
    self.body = body
  }
}

enum Outcome: Equatable {
  case request(SeenRequest)
  /// A head was handed out, but its body never became complete.
  case headOnly
  case failed(ParseFailure)
  /// The bytes ended inside a request.
  case unfinished
}

struct Delivery {
  var limits = RequestLimits()
  /// Set after each head, as a route would.
  var bodyLimit: Int?
  var keepsBody = true
  /// The most memory the parser held at any time.
  private(set) var bytesHeldMax = 0
  /// How many bytes were delivered, in pieces, when the failure was found.
  private(set) var bytesBeforeFailure: Int?

  init(limits: RequestLimits = RequestLimits(), bodyLimit: Int? = nil, keepsBody: Bool = true) {
    self.limits = limits
    self.bodyLimit = bodyLimit
    self.keepsBody = keepsBody
  }

  mutating func outcomes(of bytes: [UInt8], cutAt cuts: [Int]) -> [Outcome] {
    var parser = RequestParser(limits: limits)
    var outcomes: [Outcome] = []
    var request: HTTPRequest?
    var start = 0
    for end in cuts + [bytes.count] {
      let piece = Array(bytes[start..<end])
      start = end
      var offset = 0
      events: while true {
        switch parser.consume(piece.span, from: &offset) {
        case .needMore:
          bytesHeldMax = max(bytesHeldMax, parser.bytesHeld)
          break events
        case .head(let head):
          request = head
          if let bodyLimit { parser.bodyLimit = bodyLimit }
          parser.keepsBody = keepsBody
        case .complete(let body):
          if let request { outcomes.append(.request(SeenRequest(request, body: body))) }
          request = nil
        case .failed(let failure):
          bytesBeforeFailure = end
          return outcomes + (request == nil ? [] : [.headOnly]) + [.failed(failure)]
        }
      }
    }
    if request != nil { outcomes.append(.headOnly) }
    if !parser.isIdle { outcomes.append(.unfinished) }
    return outcomes
  }

  mutating func whole(_ text: String) -> [Outcome] {
    outcomes(of: Array(text.utf8), cutAt: [])
  }

  mutating func byteByByte(_ bytes: [UInt8]) -> [Outcome] {
    outcomes(of: bytes, cutAt: bytes.count > 1 ? Array(1..<bytes.count) : [])
  }
}
