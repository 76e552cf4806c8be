// One-dimensional arrays: how many rows go to the server in one statement
// (`unnest`). The binary form is a header (dimensions, whether there are NULLs,
// element type, length, lower bound), then each element with its length.

@usableFromInline
enum PostgresArrayCoding {
  /// Appends the array of the items' values; nothing is collected in between.
  @inlinable
  static func encode<Items: Collection, Value: PostgresValue>(
    _ items: Items, into bytes: inout [UInt8], value: (Items.Element) -> Value?
  ) {
    bytes.append(bigEndian: Int32(items.isEmpty ? 0 : 1))
    let flag = bytes.count
    bytes.append(bigEndian: Int32(0))
    bytes.append(bigEndian: Value.postgresType.rawValue)
    guard !items.isEmpty else { return }
    bytes.append(bigEndian: Int32(truncatingIfNeeded: items.count))
    bytes.append(bigEndian: Int32(1))
    var hasNull = false
    for item in items {
      let start = bytes.count
      bytes.append(bigEndian: Int32(-1))
      if let value = value(item) {
        value.encode(into: &bytes)
        bytes.store(bigEndian: Int32(truncatingIfNeeded: bytes.count - start - 4), at: start)
      } else {
        hasNull = true
      }
    }
    if hasNull { bytes.store(bigEndian: 1, at: flag) }
  }

  /// Appends the array of so many numbers, none of them NULL.
  @inlinable
  static func encode(numbers count: Int, into bytes: inout [UInt8], _ number: (Int) -> Int64) {
    bytes.append(bigEndian: Int32(count == 0 ? 0 : 1))
    bytes.append(bigEndian: Int32(0))
    bytes.append(bigEndian: Int64.postgresType.rawValue)
    guard count > 0 else { return }
    bytes.append(bigEndian: Int32(truncatingIfNeeded: count))
    bytes.append(bigEndian: Int32(1))
    let first = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: 12 * count))
    unsafe bytes.withUnsafeMutableBytes { all in
      for index in 0..<count {
        let place = first + 12 * index
        unsafe all.storeBytes(of: Int32(8).bigEndian, toByteOffset: place, as: Int32.self)
        unsafe all.storeBytes(of: number(index).bigEndian, toByteOffset: place + 4, as: Int64.self)
      }
    }
  }

  /// Calls `append` with each element. Everything in the header is checked, and nothing is allocated by its
  /// word alone: a length beyond what the bytes can hold is refused first.
  @inlinable
  static func decode<Value: PostgresValue>(
    _ bytes: RawSpan, as type: Value.Type, reserve: (Int) -> Void = { _ in },
    append: (Value?) throws(PostgresDecodingFailure) -> Void
  ) throws(PostgresDecodingFailure) {
    var offset = 0
    let count = try header(of: bytes, elements: type, offset: &offset)
    reserve(count)
    for _ in 0..<count {
      let length = try bytes.nextInt32(at: &offset)
      guard length != -1 else {
        try append(nil)
        continue
      }
      guard length >= 0, Int(length) <= bytes.byteCount - offset else { throw .malformedArray }
      let element = bytes.extracting(offset..<(offset + Int(length)))
      try append(Value(decoding: element))
      offset += Int(length)
    }
    guard offset == bytes.byteCount else { throw .malformedArray }
  }

  @inlinable
  static func header<Value: PostgresValue>(
    of bytes: RawSpan, elements: Value.Type, offset: inout Int
  ) throws(PostgresDecodingFailure) -> Int {
    let dimensions = try bytes.nextInt32(at: &offset)
    let flags = try bytes.nextInt32(at: &offset)
    let type = PostgresType(rawValue: UInt32(bitPattern: try bytes.nextInt32(at: &offset)))
    guard dimensions == 0 || dimensions == 1, flags == 0 || flags == 1 else { throw .malformedArray }
    guard Value.accepts(type) else { throw .wrongType(type) }
    guard dimensions == 1 else { return 0 }
    let count = try bytes.nextInt32(at: &offset)
    _ = try bytes.nextInt32(at: &offset)
    guard count >= 0, Int(count) <= (bytes.byteCount - offset) / 4 else { throw .malformedArray }
    return Int(count)
  }
}
