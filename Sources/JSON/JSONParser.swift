// Reads JSON in one pass over bytes that it borrows. It recurses into objects and arrays, which the limit of
// depth bounds; texts and numbers are read in the extensions beside this file.

struct JSONParser {
  /// The next byte to be read.
  var position = 0
  private var valuesLeft: Int
  private let depthMax: Int

  static func parse(_ bytes: Span<UInt8>, _ limits: JSONLimits) throws(JSONError) -> JSONValue {
    if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
      throw JSONError(.byteOrderMark, at: 0)
    }
    var parser = JSONParser(limits)
    parser.skipBlanks(in: bytes)
    let value = try parser.value(in: bytes, depth: 0)
    parser.skipBlanks(in: bytes)
    guard parser.position == bytes.count else { throw JSONError(.trailingContent, at: parser.position) }
    return value
  }

  private init(_ limits: JSONLimits) {
    valuesLeft = limits.values
    depthMax = limits.depth
  }

  /// Reads the value that begins at the position.
  private mutating func value(in bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSONValue {
    let first = try peek(in: bytes)
    guard valuesLeft > 0 else { throw JSONError(.tooManyValues, at: position) }
    valuesLeft -= 1
    switch first {
    case 0x22: return .string(try text(in: bytes))
    case 0x2D, 0x30...0x39: return .number(try number(in: bytes))
    case 0x7B: return .object(try object(in: bytes, depth: depth + 1))
    case 0x5B: return .array(try array(in: bytes, depth: depth + 1))
    case 0x74: return try word("true", .bool(true), in: bytes)
    case 0x66: return try word("false", .bool(false), in: bytes)
    case 0x6E: return try word("null", .null, in: bytes)
    case _: throw JSONError(.expectedValue, at: position)
    }
  }

  private mutating func object(in bytes: Span<UInt8>, depth: Int) throws(JSONError) -> JSONObject {
    try enter(depth)
    var members: [JSONObject.Member] = []
    var names = NamesSeen()
    if try end(0x7D, in: bytes) { return JSONObject(members) }
    repeat {
      skipBlanks(in: bytes)
      let start = position
      guard try peek(in: bytes) == 0x22 else { throw JSONError(.expectedName, at: position) }
      let name = try text(in: bytes)
      guard names.isNew(name, beside: members) else { throw JSONError(.repeatedName, at: start) }
      skipBlanks(in: bytes)
      guard try peek(in: bytes) == 0x3A else { throw JSONError(.expectedColon, at: position) }
      position += 1
      skipBlanks(in: bytes)
      if members.isEmpty { members.reserveCapacity(8) }
      members.append(JSONObject.Member(name, try value(in: bytes, depth: depth)))
    } while try goesOn(until: 0x7D, in: bytes)
    return JSONObject(members)
  }

  private mutating func array(in bytes: Span<UInt8>, depth: Int) throws(JSONError) -> [JSONValue] {
    try enter(depth)
    var values: [JSONValue] = []
    if try end(0x5D, in: bytes) { return values }
    repeat {
      skipBlanks(in: bytes)
      values.append(try value(in: bytes, depth: depth))
    } while try goesOn(until: 0x5D, in: bytes)
    return values
  }

  /// Steps over the opening bracket.
  private mutating func enter(_ depth: Int) throws(JSONError) {
    guard depth <= depthMax else { throw JSONError(.tooDeep, at: position) }
    position += 1
  }

  /// Whether the object or array ends before it has any element.
  private mutating func end(_ bracket: UInt8, in bytes: Span<UInt8>) throws(JSONError) -> Bool {
    skipBlanks(in: bytes)
    guard try peek(in: bytes) == bracket else { return false }
    position += 1
    return true
  }

  /// Behind an element: true at a comma, false at the closing bracket.
  private mutating func goesOn(until bracket: UInt8, in bytes: Span<UInt8>) throws(JSONError) -> Bool {
    skipBlanks(in: bytes)
    let byte = try peek(in: bytes)
    guard byte == 0x2C || byte == bracket else { throw JSONError(.expectedCommaOrEnd, at: position) }
    position += 1
    return byte == 0x2C
  }

  private mutating func word(
    _ word: StaticString, _ value: JSONValue, in bytes: Span<UInt8>
  ) throws(JSONError) -> JSONValue {
    let start = position
    for index in 0..<word.utf8CodeUnitCount {
      guard start + index < bytes.count else { throw JSONError(.endOfText, at: bytes.count) }
      let isSame = word.withUTF8Buffer { unsafe $0[index] == bytes[start + index] }
      guard isSame else { throw JSONError(.expectedValue, at: start) }
    }
    position += word.utf8CodeUnitCount
    return value
  }

  @inline(__always)
  func peek(in bytes: Span<UInt8>) throws(JSONError) -> UInt8 {
    guard position < bytes.count else { throw JSONError(.endOfText, at: bytes.count) }
    return bytes[position]
  }

  @inline(__always)
  private mutating func skipBlanks(in bytes: Span<UInt8>) {
    while position < bytes.count {
      let byte = bytes[position]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
      position += 1
    }
  }
}
