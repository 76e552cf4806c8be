// A client that knows beforehand that we speak HTTP/2 begins with these bytes (RFC 9113, section 3.4). They
// look like a request of a version that does not exist, so no client of HTTP/1 sends them by accident.

enum HTTP2Preface {
  static let bytes = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)

  enum Match: Equatable {
    case differs
    /// All bytes fit; so many of the preface have come.
    case partial(Int)
    /// The preface is there; it ends at this offset of the bytes given.
    case complete(Int)
  }

  /// Compares bytes with the part of the preface behind what has come before.
  static func match(_ input: Span<UInt8>, after read: Int) -> Match {
    let count = min(input.count, bytes.count - read)
    for index in 0..<count where input[index] != bytes[read + index] { return .differs }
    return read + count == bytes.count ? .complete(count) : .partial(read + count)
  }
}
