// Writes the head of an answer straight into a connection's output. No String is made on the way.

/// How the end of an answer's body is told.
enum ResponseFraming {
  case length(Int)
  case chunked
  /// HTTP/1.0 knows no chunks: the end of the connection is the end of the body.
  case untilClose
  case noBody
}

/// What the head of an answer says beside the response itself.
struct ResponseHead {
  let framing: ResponseFraming
  let version: HTTPVersion
  let keepAlive: Bool
  let requestID: RequestID
}

enum ResponseEncoder {
  static let continueHead = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)

  static func encode(_ response: HTTPResponse, head: ResponseHead, date: [UInt8], into output: inout [UInt8])
  {
    append(status: response.status, to: &output)
    output.append(contentsOf: date)
    if let type = response.contentType {
      output.append("Content-Type: ")
      output.append(type)
      output.append("\r\n")
    }
    for field in response.fields {
      output.append(field.name)
      output.append(": ")
      output.append(contentsOf: field.value.utf8)
      output.append("\r\n")
    }
    append(framing: head.framing, to: &output)
    if !head.keepAlive {
      output.append("Connection: close\r\n")
    } else if head.version == .http10 {
      output.append("Connection: keep-alive\r\n")
    }
    output.append("X-Request-Id: ")
    head.requestID.append(to: &output)
    output.append("\r\n\r\n")
  }

  /// One chunk; an empty one would end the body, so it is left out.
  static func encode(chunk: [UInt8], into output: inout [UInt8]) {
    guard !chunk.isEmpty else { return }
    output.appendHexadecimal(UInt64(chunk.count), digits: (67 - UInt64(chunk.count).leadingZeroBitCount) / 4)
    output.append("\r\n")
    output.append(contentsOf: chunk)
    output.append("\r\n")
  }

  static func encodeLastChunk(into output: inout [UInt8]) {
    output.append("0\r\n\r\n")
  }

  private static func append(status: HTTPStatus, to output: inout [UInt8]) {
    guard status != .ok else { return output.append("HTTP/1.1 200 OK\r\n") }
    output.append("HTTP/1.1 ")
    output.appendDecimal(UInt64(status.code))
    output.append(0x20)
    output.append(status.reason)
    output.append("\r\n")
  }

  private static func append(framing: ResponseFraming, to output: inout [UInt8]) {
    switch framing {
    case .length(let length):
      output.append("Content-Length: ")
      output.appendDecimal(UInt64(length))
      output.append("\r\n")
    case .chunked:
      output.append("Transfer-Encoding: chunked\r\n")
    case .untilClose, .noBody:
      break
    }
  }
}

extension [UInt8] {
  @inline(__always)
  mutating func append(_ text: StaticString) {
    unsafe append(
      contentsOf: unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func appendDecimal(_ value: UInt64) {
    var divisor: UInt64 = 1
    while value / divisor >= 10 { divisor *= 10 }
    var rest = value
    while divisor > 0 {
      append(0x30 + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }
}
