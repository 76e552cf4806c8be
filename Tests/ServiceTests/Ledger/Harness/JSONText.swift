// JSON as these tests read it: numbers stay the digits they came as, so that nothing is lost above 2^53 and
// nothing is forgiven. It shares no code with the service.

enum JSONText: Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONText])
  case object([(name: String, value: JSONText)])

  struct Malformed: Error {
    let text: String
  }

  init(_ text: String) throws {
    var reader = JSONTextReader(bytes: Array(text.utf8)[...])
    guard let value = reader.value(), reader.isAtEnd else { throw Malformed(text: text) }
    self = value
  }

  /// A member of an object; null where there is none.
  subscript(_ name: String) -> JSONText {
    guard case .object(let members) = self else { return .null }
    return members.first { $0.name == name }?.value ?? .null
  }

  subscript(_ index: Int) -> JSONText {
    list.indices.contains(index) ? list[index] : .null
  }

  var list: [JSONText] {
    guard case .array(let values) = self else { return [] }
    return values
  }

  var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  var isTrue: Bool {
    guard case .bool(let flag) = self else { return false }
    return flag
  }

  var isNull: Bool {
    guard case .null = self else { return false }
    return true
  }

  /// The digits as they came.
  var digits: String? {
    guard case .number(let digits) = self else { return nil }
    return digits
  }

  /// The whole value as text, for comparing: the members in their order.
  var canonical: String {
    switch self {
    case .null: "null"
    case .bool(let flag): "\(flag)"
    case .number(let digits): digits
    case .string(let text): text.quoted
    case .array(let values): "[\(values.map(\.canonical).joined(separator: ","))]"
    case .object(let members):
      "{\(members.map { $0.name.quoted + ":" + $0.value.canonical }.joined(separator: ","))}"
    }
  }

  var integer: Int64? { digits.flatMap { Int64($0) } }
}

/// Reads strictly what the service is expected to write.
private struct JSONTextReader {
  var bytes: ArraySlice<UInt8>

  var isAtEnd: Bool { bytes.isEmpty }

  mutating func value() -> JSONText? {
    switch bytes.first {
    case UInt8(ascii: "{"): return object()
    case UInt8(ascii: "["): return array()
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return takes("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return takes("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return takes("null") ? .null : nil
    case _:
      let digits = bytes.prefix { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || "+-.eE".utf8.contains($0) }
      guard !digits.isEmpty else { return nil }
      bytes = bytes.dropFirst(digits.count)
      return .number(String(decoding: digits, as: UTF8.self))
    }
  }

  private mutating func takes(_ word: String) -> Bool {
    guard bytes.starts(with: word.utf8) else { return false }
    bytes = bytes.dropFirst(word.utf8.count)
    return true
  }

  private mutating func object() -> JSONText? {
    var members: [(name: String, value: JSONText)] = []
    guard takes("{") else { return nil }
    if takes("}") { return .object(members) }
    while true {
      guard let name = string(), takes(":"), let value = value() else { return nil }
      members.append((name, value))
      if takes("}") { return .object(members) }
      guard takes(",") else { return nil }
    }
  }

  private mutating func array() -> JSONText? {
    var values: [JSONText] = []
    guard takes("[") else { return nil }
    if takes("]") { return .array(values) }
    while true {
      guard let value = value() else { return nil }
      values.append(value)
      if takes("]") { return .array(values) }
      guard takes(",") else { return nil }
    }
  }

  private mutating func string() -> String? {
    guard takes("\"") else { return nil }
    var text: [UInt8] = []
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let character = escaped() else { return nil }
        text += character
      case 0..<0x20: return nil
      case _: text.append(byte)
      }
    }
    return nil
  }

  private mutating func escaped() -> [UInt8]? {
    switch bytes.popFirst() {
    case UInt8(ascii: "n"): [0x0A]
    case UInt8(ascii: "t"): [0x09]
    case UInt8(ascii: "r"): [0x0D]
    case UInt8(ascii: "b"): [0x08]
    case UInt8(ascii: "f"): [0x0C]
    case UInt8(ascii: "u"):
      unit().flatMap { Unicode.Scalar($0) }.map { Array(String(Character($0)).utf8) }
    case let byte?: "\"\\/".utf8.contains(byte) ? [byte] : nil
    case nil: nil
    }
  }

  private mutating func unit() -> UInt32? {
    let digits = bytes.prefix(4)
    bytes = bytes.dropFirst(4)
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
