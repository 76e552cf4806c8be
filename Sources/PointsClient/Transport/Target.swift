// The path and query of a call. Whatever comes from the caller is escaped byte by byte, so that no user id,
// however odd, can reach beyond its place.

struct Target: Sendable {
  private(set) var bytes: [UInt8]
  private var hasQuery = false

  /// A path known when we compile.
  init(_ path: StaticString) {
    bytes = []
    path.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
  }

  /// Adds one part of the path.
  mutating func append(part: String) {
    bytes.append(UInt8(ascii: "/"))
    appendEscaped(part)
  }

  /// Adds a parameter if it has a value.
  mutating func append(_ name: StaticString, _ value: String?) {
    guard let value else { return }
    bytes.append(UInt8(ascii: hasQuery ? "&" : "?"))
    hasQuery = true
    name.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    bytes.append(UInt8(ascii: "="))
    appendEscaped(value)
  }

  mutating func append(_ name: StaticString, _ value: (some BinaryInteger)?) {
    append(name, value.map { String($0) })
  }

  func adding(part: String) -> Target {
    var target = self
    target.append(part: part)
    return target
  }

  private mutating func appendEscaped(_ text: String) {
    for byte in text.utf8 {
      if byte.isUnreserved {
        bytes.append(byte)
      } else {
        bytes.append(UInt8(ascii: "%"))
        bytes.append(UInt8.hexadecimalDigit(byte >> 4))
        bytes.append(UInt8.hexadecimalDigit(byte & 15))
      }
    }
  }
}

extension UInt8 {
  /// A byte that never needs escaping in a URL.
  fileprivate var isUnreserved: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }

  fileprivate static func hexadecimalDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
  }
}
