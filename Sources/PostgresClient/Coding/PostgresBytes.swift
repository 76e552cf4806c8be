// Bytes have two homes in Postgres: bytea takes them as they are, jsonb puts a version before JSON text. Both
// are named types, because a bare array of bytes could as well be an array of numbers.

/// A `bytea`.
@usableFromInline
package struct PostgresBytes: PostgresValue, Hashable {
  @usableFromInline package var bytes: [UInt8]

  @inlinable
  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  @inlinable package static var postgresType: PostgresType { .bytea }
  @inlinable package static var postgresArrayType: PostgresType { .byteaArray }

  @inlinable
  package func encode(into bytes: inout [UInt8]) {
    bytes.append(contentsOf: self.bytes)
  }

  @inlinable
  package init(decoding bytes: RawSpan) throws(PostgresDecodingFailure) {
    self.bytes = bytes.copy()
  }
}

/// A `jsonb`, as the UTF-8 text that Postgres reads and prints; nobody here looks into it.
@usableFromInline
package struct PostgresJSON: PostgresValue, Hashable {
  @usableFromInline package var text: [UInt8]

  /// The only version of the binary form there has been.
  @usableFromInline static var version: UInt8 { 1 }

  @inlinable
  package init(text: [UInt8]) {
    self.text = text
  }

  @inlinable package static var postgresType: PostgresType { .jsonb }
  @inlinable package static var postgresArrayType: PostgresType { .jsonbArray }

  @inlinable
  package func encode(into bytes: inout [UInt8]) {
    bytes.append(Self.version)
    bytes.append(contentsOf: text)
  }

  @inlinable
  package init(decoding bytes: RawSpan) throws(PostgresDecodingFailure) {
    guard bytes.byteCount > 1 else { throw .wrongLength(bytes.byteCount) }
    let version = unsafe bytes.unsafeLoad(fromByteOffset: 0, as: UInt8.self)
    guard version == Self.version else { throw .unknownVersion(version) }
    text = bytes.copy(from: 1)
  }
}
