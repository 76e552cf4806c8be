// A UUID is sixteen bytes. Two machine words hold them, so that ids are compared and hashed without an array.

/// A `uuid`; its order is that of its bytes, as in Postgres.
@usableFromInline
package struct PostgresUUID: PostgresValue, Hashable, Comparable {
  @usableFromInline package var high: UInt64
  @usableFromInline package var low: UInt64

  @inlinable
  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  @inlinable package static var postgresType: PostgresType { .uuid }
  @inlinable package static var postgresArrayType: PostgresType { .uuidArray }

  @inlinable
  package static func < (left: Self, right: Self) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }

  @inlinable
  package func encode(into bytes: inout [UInt8]) {
    bytes.append(bigEndian: high)
    bytes.append(bigEndian: low)
  }

  @inlinable
  package init(decoding bytes: RawSpan) throws(PostgresDecodingFailure) {
    guard bytes.byteCount == 16 else { throw .wrongLength(bytes.byteCount) }
    high = unsafe UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 0, as: UInt64.self))
    low = unsafe UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self))
  }
}
