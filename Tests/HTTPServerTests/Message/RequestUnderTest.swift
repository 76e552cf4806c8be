// Requests for tests of what comes after parsing.
@testable import HTTPServer

/// Parses a request that is known to be well-formed.
func request(_ line: String, _ fields: String...) throws(NotARequest) -> HTTPRequest {
  let text = ([line + " HTTP/1.1", "Host: h"] + fields).joined(separator: "\r\n") + "\r\n\r\n"
  var parser = RequestParser()
  var offset = 0
  let bytes = Array(text.utf8)
  guard case .head(let request) = parser.consume(bytes.span, from: &offset) else { throw NotARequest() }
  return request
}

struct NotARequest: Error {}
