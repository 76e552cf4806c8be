// A Swift type that Postgres has a type for, both ways in Postgres's binary format: big-endian and compact,
// so that neither side prints or parses decimal text.

/// A value with a binary form in Postgres.
@usableFromInline
package protocol PostgresValue: Sendable {
  static var postgresType: PostgresType { get }
  static var postgresArrayType: PostgresType { get }

  /// Whether a column of that type can be decoded as this one; most types take only their own.
  static func accepts(_ type: PostgresType) -> Bool

  /// Appends the binary form, without its length.
  func encode(into bytes: inout [UInt8])

  /// Decodes a binary form: all of the bytes and nothing but them.
  init(decoding bytes: RawSpan) throws(PostgresDecodingFailure)
}

extension PostgresValue {
  @inlinable
  package static func accepts(_ type: PostgresType) -> Bool {
    type == postgresType
  }
}

extension RawSpan {
  /// The big-endian integer that is the whole of the bytes.
  @inlinable
  func wholeInteger<Integer: FixedWidthInteger & BitwiseCopyable>(
    _ type: Integer.Type
  ) throws(PostgresDecodingFailure) -> Integer {
    guard byteCount == MemoryLayout<Integer>.size else { throw .wrongLength(byteCount) }
    return unsafe Integer(bigEndian: unsafeLoadUnaligned(fromByteOffset: 0, as: type))
  }

  /// The big-endian Int32 at the offset, which moves behind it.
  @inlinable
  func nextInt32(at offset: inout Int) throws(PostgresDecodingFailure) -> Int32 {
    guard offset >= 0, byteCount - offset >= 4 else { throw .malformedArray }
    let value = unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: Int32.self)
    offset += 4
    return Int32(bigEndian: value)
  }

  /// A copy of the bytes from the offset to the end.
  @inlinable
  func copy(from offset: Int = 0) -> [UInt8] {
    let count = byteCount - offset
    guard count > 0 else { return [] }
    return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      unsafe withUnsafeBytes { source in
        unsafe UnsafeMutableRawBufferPointer(buffer)
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[offset...]))
      }
      initialized = count
    }
  }
}

extension Array where Element == UInt8 {
  @inlinable
  mutating func append<Integer: FixedWidthInteger & BitwiseCopyable>(bigEndian value: Integer) {
    unsafe Swift.withUnsafeBytes(of: value.bigEndian) { unsafe append(contentsOf: $0) }
  }

  /// Overwrites four bytes that were appended before their value was known.
  @inlinable
  mutating func store(bigEndian value: Int32, at offset: Int) {
    precondition(offset >= 0 && offset + 4 <= count, "A length is written where room was left for it.")
    unsafe withUnsafeMutableBytes { bytes in
      unsafe bytes.storeBytes(of: value.bigEndian, toByteOffset: offset, as: Int32.self)
    }
  }
}
