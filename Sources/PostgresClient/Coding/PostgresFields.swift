// Rows of a composite type, as an array for `unnest`. Postgres takes such an array apart in one go; of arrays
// side by side, one for each column, it makes a table each before it joins them line by line, and for 24
// columns that was a third of what an insert cost.

/// Collects the fields of one row after the other, in the order of the composite type.
@usableFromInline
package struct PostgresFields {
  @usableFromInline var bytes: [UInt8]
  /// Of the row that is being written.
  @usableFromInline var count: Int32 = 0

  @inlinable
  init(appendingTo bytes: consuming [UInt8]) {
    self.bytes = bytes
  }

  @inlinable
  package mutating func append<Value: PostgresValue>(_ value: Value) {
    let start = begin(Value.postgresType)
    value.encode(into: &bytes)
    end(start)
  }

  // What most fields are has a length that is known before, and goes there in one piece: an array asks at
  // each append whether somebody shares it, and a row has two dozen fields.

  @inlinable
  package mutating func append(_ value: Int64) {
    append(.int8, word: UInt64(bitPattern: value))
  }

  @inlinable
  package mutating func append(_ value: PostgresTimestamp) {
    append(.timestamptz, word: UInt64(bitPattern: value.microsecondsSince2000))
  }

  @inlinable
  package mutating func append(_ value: PostgresUUID) {
    count += 1
    let field = (
      PostgresType.uuid.rawValue.bigEndian, UInt32(16).bigEndian, value.high.bigEndian, value.low.bigEndian
    )
    unsafe Swift.withUnsafeBytes(of: field) { unsafe bytes.append(contentsOf: $0) }
  }

  @inlinable
  package mutating func append(_ value: String) {
    begin(.text, length: value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }

  @inlinable
  package mutating func append(_ value: PostgresBytes) {
    begin(.bytea, length: value.bytes.count)
    bytes.append(contentsOf: value.bytes)
  }

  @inlinable
  mutating func append(_ type: PostgresType, word: UInt64) {
    count += 1
    let field = (type.rawValue.bigEndian, UInt32(8).bigEndian, word.bigEndian)
    unsafe Swift.withUnsafeBytes(of: field) { unsafe bytes.append(contentsOf: $0) }
  }

  /// A field that may be NULL.
  @inlinable
  package mutating func append(_ value: Int64?) {
    if let value { append(value) } else { _ = begin(.int8) }
  }

  @inlinable
  package mutating func append(_ value: PostgresTimestamp?) {
    if let value { append(value) } else { _ = begin(.timestamptz) }
  }

  @inlinable
  package mutating func append(_ value: PostgresUUID?) {
    if let value { append(value) } else { _ = begin(.uuid) }
  }

  @inlinable
  package mutating func append(_ value: String?) {
    if let value { append(value) } else { _ = begin(.text) }
  }

  @inlinable
  package mutating func append<Value: PostgresValue>(_ value: Value?) {
    guard let value else {
      _ = begin(Value.postgresType)
      return
    }
    append(value)
  }

  /// A field that is an array and may be NULL.
  @inlinable
  package mutating func append<Value: PostgresValue>(_ values: [Value]?) {
    let start = begin(Value.postgresArrayType)
    guard let values else { return }
    PostgresArrayCoding.encode(values, into: &bytes) { $0 as Value? }
    end(start)
  }

  /// A field that is an array of so many numbers, each asked for by its place: a row may have a hundred, so
  /// they are written where they belong, without one call of a growing array after the other.
  @inlinable
  package mutating func append(numbers count: Int, _ number: (Int) -> Int64) {
    let start = begin(.int8Array)
    PostgresArrayCoding.encode(numbers: count, into: &bytes, number)
    end(start)
  }

  /// The whole array. Its header names the type of its elements; what users define has no number that is the
  /// same everywhere, so `record` stands there, and the server goes by what the statement says.
  @inlinable
  mutating func encode<Items: Collection>(
    _ items: Items, _ fields: (Items.Element, inout PostgresFields) -> Void
  ) {
    bytes.append(bigEndian: Int32(items.isEmpty ? 0 : 1))
    bytes.append(bigEndian: Int32(0))
    bytes.append(bigEndian: PostgresType.record.rawValue)
    guard !items.isEmpty else { return }
    bytes.append(bigEndian: Int32(truncatingIfNeeded: items.count))
    bytes.append(bigEndian: Int32(1))
    for item in items {
      let start = bytes.count
      // The length of the row, and how many fields it has.
      bytes.append(bigEndian: UInt64(0))
      count = 0
      fields(item, &self)
      bytes.store(bigEndian: count, at: start + 4)
      end(start)
    }
  }

  /// A field's type and the length of NULL.
  @inlinable
  mutating func begin(_ type: PostgresType) -> Int {
    begin(type, length: -1)
    return bytes.count - 4
  }

  @inlinable
  mutating func begin(_ type: PostgresType, length: Int) {
    count += 1
    bytes.append(
      bigEndian: UInt64(type.rawValue) << 32 | UInt64(UInt32(bitPattern: Int32(truncatingIfNeeded: length))))
  }

  /// Writes the length of what follows the length.
  @inlinable
  mutating func end(_ start: Int) {
    bytes.store(bigEndian: Int32(truncatingIfNeeded: bytes.count - start - 4), at: start)
  }
}
