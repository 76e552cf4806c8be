// The head of a frame of HTTP/2 (RFC 9113, section 4.1).

struct HTTP2Frame {
  static let headBytes = 9
  static let payloadBytesMax = 16_384
  static let endStream: UInt8 = 0x1
  static let ack: UInt8 = 0x1
  static let endHeaders: UInt8 = 0x4
  static let paddedOrRanked: UInt8 = 0x28

  enum Kind: UInt8 {
    case data = 0, headers = 1, resetStream = 3, settings = 4, ping = 6, goAway = 7, windowUpdate = 8
    case other = 255
  }

  let length: Int
  let kind: Kind
  let flags: UInt8
  let stream: UInt32

  /// Nil until the whole frame has arrived.
  init?(in bytes: [UInt8], from start: Int) {
    guard bytes.count - start >= Self.headBytes else { return nil }
    length = Int(bytes[start]) << 16 | Int(bytes[start + 1]) << 8 | Int(bytes[start + 2])
    guard bytes.count - start >= Self.headBytes + length else { return nil }
    kind = Kind(rawValue: bytes[start + 3]) ?? .other
    flags = bytes[start + 4]
    stream = Self.number(bytes[(start + 5)..<(start + 9)]) & 0x7FFF_FFFF
  }

  var endsStream: Bool { (kind == .data || kind == .headers) && flags & Self.endStream != 0 }

  static func bytes(_ number: UInt32) -> [UInt8] {
    [UInt8(number >> 24), UInt8(number >> 16 & 0xFF), UInt8(number >> 8 & 0xFF), UInt8(number & 0xFF)]
  }

  static func number(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
  }
}

extension [UInt8] {
  mutating func append(
    frame kind: HTTP2Frame.Kind, flags: UInt8 = 0, on stream: UInt32, payload: some Collection<UInt8>
  ) {
    let length = UInt32(payload.count)
    self += HTTP2Frame.bytes(length).dropFirst()
    append(kind.rawValue)
    append(flags)
    self += HTTP2Frame.bytes(stream)
    self += payload
  }
}
