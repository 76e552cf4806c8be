// The answer to one request of HTTP/2, as a client of the tests reads it from frames.

/// What came on one stream, put together.
package struct StreamAnswer {
  package var fields: [(name: String, value: String)] = []
  package var body: [UInt8] = []
  package var isEnded = false
  /// The code of the reset the stream ended with.
  package var reset: UInt32?

  package var status: Int { Int(self[":status"] ?? "") ?? 0 }
  package var text: String { String(decoding: body, as: UTF8.self) }

  package subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  package var problemCode: String? {
    guard self["content-type"] == "application/problem+json" else { return nil }
    guard let start = text.firstRange(of: #""code":""#) else { return nil }
    return String(text[start.upperBound...].prefix { $0 != "\"" })
  }
}
