// Every request has a name that stands in its answer and in
// the log, so that a caller's report leads to our lines.

/// The caller's own id, or one made from the worker's random prefix and a counter.
package enum RequestID: Sendable {
  case given(String)
  case made(worker: UInt32, number: UInt64)

  /// Adds the id as text: 24 hexadecimal digits if it is ours.
  func append(to bytes: inout [UInt8]) {
    switch self {
    case .given(let text):
      bytes.append(contentsOf: text.utf8)
    case .made(let worker, let number):
      bytes.appendHexadecimal(UInt64(worker), digits: 8)
      bytes.appendHexadecimal(number, digits: 16)
    }
  }

  package var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension [UInt8] {
  mutating func appendHexadecimal(_ value: UInt64, digits: Int) {
    var text = InlineArray<16, UInt8>(repeating: 0x30)
    for position in 0..<digits {
      let digit = UInt8(truncatingIfNeeded: value >> UInt64(4 * (digits - 1 - position))) & 0xF
      text[position] = digit < 10 ? 0x30 + digit : 0x57 + digit
    }
    append(copying: text.span.extracting(first: digits))
  }
}
