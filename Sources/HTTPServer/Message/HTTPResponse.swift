// An answer, before it is put on a connection. Framing
// (lengths, chunks, keep-alive) is the connection's business.

package struct HTTPResponse: Sendable {
  package enum Body: Sendable {
    case none
    case bytes([UInt8])
    case stream(ResponseStream)
  }

  package var status: HTTPStatus
  /// A constant: the media types we answer are known when we compile.
  package var contentType: StaticString?
  package var fields: [ResponseField]
  package var body: Body

  package init(
    _ status: HTTPStatus, contentType: StaticString? = nil, fields: [ResponseField] = [], body: Body = .none
  ) {
    self.status = status
    self.contentType = contentType
    self.fields = fields
    self.body = body
  }

  package static func json(_ bytes: [UInt8], status: HTTPStatus = .ok) -> HTTPResponse {
    HTTPResponse(status, contentType: "application/json", body: .bytes(bytes))
  }

  package static func text(_ text: String, status: HTTPStatus = .ok) -> HTTPResponse {
    HTTPResponse(status, contentType: "text/plain; charset=utf-8", body: .bytes(Array(text.utf8)))
  }
}
