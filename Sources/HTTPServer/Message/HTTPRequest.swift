// One request, as the parser read it. Path and query stay the bytes they came as until they are asked for.

package struct HTTPRequest: Sendable {
  package let method: HTTPMethod
  package let version: HTTPVersion
  package let headers: HeaderFields
  package let framing: BodyFraming
  /// Whether the connection may carry another request after this one.
  package let keepAlive: Bool
  /// Whether the caller waits for "100 Continue" before it sends its body.
  package let expectsContinue: Bool
  /// Empty when the head is handed out; the connection sets it when the body is complete.
  package var body: [UInt8] = []

  let parts: RequestParts

  /// The path as it was sent, still escaped. It begins with a
  /// slash, except for "*", and is empty for a URL without one.
  package var rawPath: String { headers.text(parts.path) }

  /// The query as it was sent, still escaped, without its question mark.
  package var rawQuery: String { headers.text(parts.query) }

  /// The method as it was sent, also when it is none of ours.
  package var methodName: String { headers.text(parts.method) }

  /// The host and port the caller addressed: of the target if it names one, else of the Host field. Empty
  /// only for an HTTP/1.0 request without either.
  package var authority: String { headers.text(parts.authority) }

  package var query: QueryParameters { QueryParameters(bytes: headers.head, range: parts.query) }

  /// Whether the target is the whole server ("OPTIONS *").
  package var isForServer: Bool {
    parts.path.count == 1 && headers.head[parts.path.lowerBound] == 0x2A
  }

  /// Whether there can be a field beside Host: a request without one need not be searched for others.
  var mayNegotiate: Bool { headers.count > (version == .http11 ? 1 : 0) }

  /// Whether bytes of a body are to follow the head.
  var announcesBody: Bool {
    switch framing {
    case .none: false
    case .length(let length): length > 0
    case .chunked: true
    }
  }

  /// The length the caller announced, if it did.
  package var contentLength: Int? {
    if case .length(let length) = framing { return length }
    return nil
  }

  /// The segments of the path, decoded. An escaped slash stays inside its segment.
  package func pathSegments() throws(RequestError) -> [String] {
    var segments: [String] = []
    var start = parts.path.lowerBound + 1
    while start <= parts.path.upperBound {
      let end = headers.head.endOfSegment(from: start, in: parts.path)
      let bytes = headers.head.span.extracting(start..<end)
      segments.append(try PercentDecoding.decode(bytes, plusIsSpace: false, place: "the path"))
      start = end + 1
    }
    return segments
  }
}

/// Where the parts of the request line lie in the head.
struct RequestParts: Sendable, Equatable {
  var method: Range<Int>
  var path: Range<Int>
  var query: Range<Int>
  var authority: Range<Int>
}

extension [UInt8] {
  /// The index of the next slash from `start` on, or the end of the path.
  func endOfSegment(from start: Int, in path: Range<Int>) -> Int {
    var end = start
    while end < path.upperBound, self[end] != 0x2F { end += 1 }
    return end
  }
}
