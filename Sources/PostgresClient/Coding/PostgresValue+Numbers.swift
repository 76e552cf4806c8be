// Integers, floating point and truth values. No widening: a column that changes its type is a change of the
// schema, and the statement's Swift type should notice.

extension Int16: PostgresValue {
  @inlinable package static var postgresType: PostgresType { .int2 }
  @inlinable package static var postgresArrayType: PostgresType { .int2Array }

  @inlinable
  package func encode(into bytes: inout [UInt8]) {
    bytes.append(bigEndian: self)
  }

  @inlinable
  package init(decoding bytes: RawSpan) throws(PostgresDecodingFailure) {
    self = try bytes.wholeInteger(Int16.self)
  }
}

extension Int32: PostgresValue {
  @inlinable package static var postgresType: PostgresType { .int4 }
  @inlinable package static var postgresArrayType: PostgresType { .int4Array }

  @inlinable
  package func encode(into bytes: inout [UInt8]) {
    bytes.append(bigEndian: self)
  }

  @inlinable
  package init(decoding bytes: RawSpan) throws(PostgresDecodingFailure) {
    self = try bytes.wholeInteger(Int32.self)
  }
}

extension Int64: PostgresValue {
  @inlinable package static var postgresType: PostgresType { .int8 }
  @inlinable package static var postgresArrayType: PostgresType { .int8Array }

  @inlinable
  package func encode(into bytes: inout [UInt8]) {
    bytes.append(bigEndian: self)
  }

  @inlinable
  package init(decoding bytes: RawSpan) throws(PostgresDecodingFailure) {
    self = try bytes.wholeInteger(Int64.self)
  }
}

extension Double: PostgresValue {
  @inlinable package static var postgresType: PostgresType { .float8 }
  @inlinable package static var postgresArrayType: PostgresType { .float8Array }

  @inlinable
  package func encode(into bytes: inout [UInt8]) {
    bytes.append(bigEndian: bitPattern)
  }

  @inlinable
  package init(decoding bytes: RawSpan) throws(PostgresDecodingFailure) {
    self = Double(bitPattern: try bytes.wholeInteger(UInt64.self))
  }
}

extension Bool: PostgresValue {
  @inlinable package static var postgresType: PostgresType { .bool }
  @inlinable package static var postgresArrayType: PostgresType { .boolArray }

  @inlinable
  package func encode(into bytes: inout [UInt8]) {
    bytes.append(self ? 1 : 0)
  }

  @inlinable
  package init(decoding bytes: RawSpan) throws(PostgresDecodingFailure) {
    switch try bytes.wholeInteger(UInt8.self) {
    case 0: self = false
    case 1: self = true
    case _: throw .outOfRange
    }
  }
}
