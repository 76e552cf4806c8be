// The stable names of what can go wrong. A code is part of the API: callers branch on it, so it never changes
// its meaning. It is a struct, so that later modules add their own codes beside those of the HTTP layer.

package struct ProblemCode: Sendable {
  package let name: StaticString
  package let status: HTTPStatus
  /// A short summary that is the same for every occurrence.
  package let title: StaticString

  package init(_ name: StaticString, _ status: HTTPStatus, _ title: StaticString) {
    self.name = name
    self.status = status
    self.title = title
  }
}

extension ProblemCode: Equatable {
  package static func == (one: ProblemCode, other: ProblemCode) -> Bool {
    one.name.description == other.name.description
  }
}

extension ProblemCode {
  package static var malformedRequest: Self {
    Self("malformed_request", .badRequest, "The request is not well-formed HTTP.")
  }
  package static var validationFailed: Self {
    Self("validation_failed", .badRequest, "A part of the request has a wrong value.")
  }
  package static var forbidden: Self { Self("forbidden", .forbidden, "This is not allowed.") }
  package static var notFound: Self { Self("not_found", .notFound, "There is nothing at this path.") }
  package static var methodNotAllowed: Self {
    Self("method_not_allowed", .methodNotAllowed, "This path does not take this method.")
  }
  package static var notAcceptable: Self {
    Self("not_acceptable", .notAcceptable, "None of the accepted media types can be answered.")
  }
  package static var requestTimeout: Self {
    Self("request_timeout", .requestTimeout, "The request did not arrive in time.")
  }
  package static var payloadTooLarge: Self {
    Self("payload_too_large", .contentTooLarge, "The body is larger than allowed here.")
  }
  package static var uriTooLong: Self { Self("uri_too_long", .uriTooLong, "The request line is too long.") }
  package static var unsupportedMediaType: Self {
    Self("unsupported_media_type", .unsupportedMediaType, "A body of this media type is not understood here.")
  }
  package static var expectationFailed: Self {
    Self("expectation_failed", .expectationFailed, "The expectation cannot be met.")
  }
  package static var headerFieldsTooLarge: Self {
    Self("header_fields_too_large", .headerFieldsTooLarge, "The header fields are too many or too long.")
  }
  package static var internalError: Self {
    Self("internal_error", .internalServerError, "Something went wrong on our side.")
  }
  package static var unsupportedTransferCoding: Self {
    Self("unsupported_transfer_coding", .notImplemented, "The transfer coding is not supported.")
  }
  package static var overloaded: Self {
    Self("overloaded", .serviceUnavailable, "There is too much to do right now.")
  }
  package static var unavailable: Self {
    Self("unavailable", .serviceUnavailable, "A part this answer needs is not available.")
  }
  package static var versionNotSupported: Self {
    Self("http_version_not_supported", .versionNotSupported, "Only HTTP/1.1 and HTTP/1.0 are answered.")
  }

  /// Every code the HTTP layer itself answers with, for the documentation and its test.
  package static var ofHTTP: [ProblemCode] {
    [
      malformedRequest, validationFailed, forbidden, notFound, methodNotAllowed, notAcceptable,
      requestTimeout, payloadTooLarge, uriTooLong, unsupportedMediaType, expectationFailed,
      headerFieldsTooLarge, internalError, unsupportedTransferCoding, overloaded, unavailable,
      versionNotSupported,
    ]
  }
}
