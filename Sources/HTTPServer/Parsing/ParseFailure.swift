// Everything the parser refuses. After any of these the two sides may disagree about where a request ends, so
// the connection answers once and closes.

package enum ParseFailure: Error, Sendable, Equatable, CaseIterable {
  // Line ends and the request line
  case bareLineFeed, bareCarriageReturn, malformedRequestLine, malformedMethod, malformedTarget,
    malformedVersion
  case unsupportedVersion, requestLineTooLong
  // Fields
  case foldedField, blankBeforeColon, malformedFieldName, malformedFieldLine, controlByteInValue
  case headTooLong, tooManyFields
  /// Only over HTTP/2: over HTTP/1 blanks around a value are no part of it, and a target goes before Host.
  case blankAroundValue, authorityDiffers
  // The meaning of fields
  case missingHost, repeatedHost, malformedHost, unknownExpectation
  case malformedLength, repeatedLength, lengthWithTransferCoding
  case unsupportedTransferCoding, transferCodingOnHTTP10
  // Bodies
  case bodyTooLong, malformedChunkSize, malformedChunkExtension, chunkExtensionsTooLong, chunkNotEnded
  case trailersTooLong

  /// One plain sentence that says what was wrong.
  package var sentence: String {
    switch self {
    case .bareLineFeed: "A line ends with a line feed that has no carriage return before it."
    case .bareCarriageReturn: "A carriage return is not followed by a line feed."
    case .malformedRequestLine: "The request line is not method, target and version divided by single spaces."
    case .malformedMethod: "The method is empty, too long or holds a byte that no method may hold."
    case .malformedTarget: "The request target is not a path, an http URL, or * for OPTIONS."
    case .malformedVersion: "The version is not of the form HTTP/1.1."
    case .unsupportedVersion: "The version of HTTP is neither 1.1 nor 1.0."
    case .requestLineTooLong: "The request line is longer than allowed."
    case .foldedField: "A header line begins with a blank; folded fields are not accepted."
    case .blankBeforeColon: "There is a blank between a field name and its colon."
    case .malformedFieldName: "A field name is empty or holds a byte that no name may hold."
    case .malformedFieldLine: "A header line has no colon."
    case .controlByteInValue: "A field value holds a control byte."
    case .blankAroundValue: "A field value begins or ends with a blank."
    case .authorityDiffers: "The Host field and the authority of the request are not the same."
    case .headTooLong: "The request line and header fields together are longer than allowed."
    case .tooManyFields: "There are more header fields than allowed."
    case .missingHost: "The Host field is missing."
    case .repeatedHost: "The Host field was sent more than once."
    case .malformedHost: "The host is not a name or address with an optional port."
    case .unknownExpectation: "The only expectation that can be met is 100-continue."
    case .malformedLength: "Content-Length is not a plain decimal number in range."
    case .repeatedLength: "Content-Length was sent more than once."
    case .lengthWithTransferCoding: "Content-Length and Transfer-Encoding were sent together."
    case .unsupportedTransferCoding: "The only transfer coding accepted is chunked, once."
    case .transferCodingOnHTTP10: "HTTP/1.0 has no transfer codings."
    case .bodyTooLong: "The body is longer than allowed here."
    case .malformedChunkSize: "A chunk size is not one to sixteen hexadecimal digits in range."
    case .malformedChunkExtension: "A chunk extension is not well-formed."
    case .chunkExtensionsTooLong: "The chunk extensions are longer than allowed."
    case .chunkNotEnded: "The data of a chunk is not followed by a line end."
    case .trailersTooLong: "The trailer fields are longer than allowed."
    }
  }

  package var problemCode: ProblemCode {
    switch self {
    case .requestLineTooLong: .uriTooLong
    case .headTooLong, .tooManyFields, .trailersTooLong: .headerFieldsTooLarge
    case .bodyTooLong: .payloadTooLarge
    case .unsupportedVersion: .versionNotSupported
    case .unsupportedTransferCoding: .unsupportedTransferCoding
    case .unknownExpectation: .expectationFailed
    case .bareLineFeed, .bareCarriageReturn, .malformedRequestLine, .malformedMethod, .malformedTarget,
      .malformedVersion, .foldedField, .blankBeforeColon, .malformedFieldName, .malformedFieldLine,
      .controlByteInValue, .blankAroundValue, .authorityDiffers, .missingHost, .repeatedHost, .malformedHost,
      .malformedLength, .repeatedLength,
      .lengthWithTransferCoding, .transferCodingOnHTTP10, .malformedChunkSize, .malformedChunkExtension,
      .chunkExtensionsTooLong, .chunkNotEnded:
      .malformedRequest
    }
  }
}
