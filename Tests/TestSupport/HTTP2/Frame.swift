// Frames of HTTP/2 as bytes, right ones and wrong ones: nothing here keeps a client or a server of the tests
// to the rules.

package struct Frame: Equatable {
  package enum Kind: UInt8 {
    case data, headers, priority, reset, settings, pushPromise, ping, goAway, windowUpdate, continuation
  }

  package static let endStream: UInt8 = 1
  package static let ack: UInt8 = 1
  package static let endHeaders: UInt8 = 4

  package var kind: UInt8
  package var flags: UInt8 = 0
  package var stream: UInt32 = 0
  package var payload: [UInt8] = []

  package init(_ kind: Kind, flags: UInt8 = 0, stream: UInt32 = 0, _ payload: [UInt8] = []) {
    self.init(kind: kind.rawValue, flags: flags, stream: stream, payload: payload)
  }

  package init(kind: UInt8, flags: UInt8, stream: UInt32, payload: [UInt8]) {
    self.kind = kind
    self.flags = flags
    self.stream = stream
    self.payload = payload
  }

  /// A request without a body, or the beginning of one with a body.
  package static func request(
    _ stream: UInt32, _ fields: [(String, String)], endsStream: Bool = true
  ) -> Frame {
    let flags = endHeaders | (endsStream ? endStream : 0)
    return Frame(.headers, flags: flags, stream: stream, Self.block(fields))
  }

  package static func get(_ stream: UInt32, _ path: String, _ more: [(String, String)] = []) -> Frame {
    request(stream, fields("GET", path) + more)
  }

  package static func post(_ stream: UInt32, _ path: String, _ more: [(String, String)] = []) -> Frame {
    request(stream, fields("POST", path) + [("content-type", "application/json")] + more, endsStream: false)
  }

  package static func fields(_ method: String, _ path: String) -> [(String, String)] {
    [(":method", method), (":scheme", "http"), (":path", path), (":authority", "h")]
  }

  package static func reset(_ stream: UInt32, code: UInt32 = 8) -> Frame {
    Frame(.reset, stream: stream, big(code))
  }

  package static func windowUpdate(_ stream: UInt32, by increment: UInt32) -> Frame {
    Frame(.windowUpdate, stream: stream, big(increment))
  }

  package static func settings(_ values: [(UInt16, UInt32)] = []) -> Frame {
    Frame(.settings, values.flatMap { [UInt8($0.0 >> 8), UInt8($0.0 & 0xFF)] + big($0.1) })
  }

  package static func big(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 0xFF) }
  }

  package var bytes: [UInt8] {
    let count = payload.count
    return [UInt8(count >> 16), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF), kind, flags]
      + Self.big(stream) + payload
  }

  /// Fields as HPACK has them at its plainest: every one literal, in plain text, in no table.
  package static func block(_ fields: [(String, String)]) -> [UInt8] {
    fields.flatMap { [0] + text($0.0) + text($0.1) }
  }

  private static func text(_ text: String) -> [UInt8] {
    integer(text.utf8.count) + Array(text.utf8)
  }

  private static func integer(_ value: Int) -> [UInt8] {
    guard value >= 127 else { return [UInt8(value)] }
    var (bytes, rest): ([UInt8], Int) = ([127], value - 127)
    while rest >= 128 {
      bytes.append(UInt8(rest & 127 | 128))
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }
}
