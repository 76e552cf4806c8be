// A status code with its reason phrase, the latter a
// constant so that writing a status line allocates nothing.

package struct HTTPStatus: Sendable {
  package let code: UInt16
  package let reason: StaticString

  package init(_ code: UInt16, _ reason: StaticString) {
    precondition((100...599).contains(code), "A status code has three digits and a known class.")
    self.code = code
    self.reason = reason
  }

  /// Answers that never carry a body, whatever the method was.
  package var forbidsBody: Bool { code < 200 || code == 204 || code == 304 }
}

extension HTTPStatus: Equatable {
  package static func == (one: HTTPStatus, other: HTTPStatus) -> Bool { one.code == other.code }
}

extension HTTPStatus {
  package static var ok: Self { Self(200, "OK") }
  package static var created: Self { Self(201, "Created") }
  package static var accepted: Self { Self(202, "Accepted") }
  package static var noContent: Self { Self(204, "No Content") }
  package static var seeOther: Self { Self(303, "See Other") }
  package static var notModified: Self { Self(304, "Not Modified") }
  package static var badRequest: Self { Self(400, "Bad Request") }
  package static var unauthorized: Self { Self(401, "Unauthorized") }
  package static var forbidden: Self { Self(403, "Forbidden") }
  package static var notFound: Self { Self(404, "Not Found") }
  package static var methodNotAllowed: Self { Self(405, "Method Not Allowed") }
  package static var notAcceptable: Self { Self(406, "Not Acceptable") }
  package static var requestTimeout: Self { Self(408, "Request Timeout") }
  package static var conflict: Self { Self(409, "Conflict") }
  package static var gone: Self { Self(410, "Gone") }
  package static var contentTooLarge: Self { Self(413, "Content Too Large") }
  package static var uriTooLong: Self { Self(414, "URI Too Long") }
  package static var unsupportedMediaType: Self { Self(415, "Unsupported Media Type") }
  package static var expectationFailed: Self { Self(417, "Expectation Failed") }
  package static var unprocessableContent: Self { Self(422, "Unprocessable Content") }
  package static var tooManyRequests: Self { Self(429, "Too Many Requests") }
  package static var headerFieldsTooLarge: Self { Self(431, "Request Header Fields Too Large") }
  package static var internalServerError: Self { Self(500, "Internal Server Error") }
  package static var notImplemented: Self { Self(501, "Not Implemented") }
  package static var badGateway: Self { Self(502, "Bad Gateway") }
  package static var serviceUnavailable: Self { Self(503, "Service Unavailable") }
  package static var gatewayTimeout: Self { Self(504, "Gateway Timeout") }
  package static var versionNotSupported: Self { Self(505, "HTTP Version Not Supported") }
}
