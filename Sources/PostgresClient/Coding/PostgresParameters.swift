// The parameters of one execution: all values in one buffer, one after the other. A session lends the same
// buffer again and again, so that binding allocates nothing once it has grown.

/// Collects the parameters of a statement in the order $1, $2, ...
@usableFromInline
package struct PostgresParameters: Sendable {
  /// Starts with one byte that belongs to nobody, so that even an empty value has an address.
  @usableFromInline var bytes: [UInt8] = [0]
  @usableFromInline var types: [UInt32] = []
  /// Where each value begins, and its length; -1 is NULL.
  @usableFromInline var offsets: [Int] = []
  @usableFromInline var lengths: [Int32] = []

  /// A buffer that grew larger than this for one statement is given back.
  private static let keptCapacity = 256 * 1024

  @inlinable
  package init() {}

  /// A placeholder that owns no memory.
  init(borrowingNothing: Void) {
    bytes = []
  }

  package var count: Int { types.count }

  @inlinable
  package mutating func append<Value: PostgresValue>(_ value: Value) {
    begin(Value.postgresType)
    value.encode(into: &bytes)
    end()
  }

  /// A value that may be NULL.
  @inlinable
  package mutating func append<Value: PostgresValue>(_ value: Value?) {
    begin(Value.postgresType)
    guard let value else { return end(isNull: true) }
    value.encode(into: &bytes)
    end()
  }

  /// Text that is bytes already, in UTF-8; a String would only be built to be taken apart.
  @inlinable
  package mutating func append(text: Span<UInt8>) {
    begin(.text)
    for index in text.indices { bytes.append(text[index]) }
    end()
  }

  @inlinable
  package mutating func append<Value: PostgresValue>(_ values: [Value]) {
    append(column: values) { $0 }
  }

  @inlinable
  package mutating func append<Value: PostgresValue>(_ values: [Value?]) {
    append(nullableColumn: values) { $0 }
  }

  /// An array that may be NULL.
  @inlinable
  package mutating func append<Value: PostgresValue>(optional values: [Value]?) {
    guard let values else {
      begin(Value.postgresArrayType)
      return end(isNull: true)
    }
    append(values)
  }

  /// One column of many rows, for `unnest`: an array of one value of each item.
  @inlinable
  package mutating func append<Items: Collection, Value: PostgresValue>(
    column items: Items, _ value: (Items.Element) -> Value
  ) {
    begin(Value.postgresArrayType)
    PostgresArrayCoding.encode(items, into: &bytes) { value($0) as Value? }
    end()
  }

  @inlinable
  package mutating func append<Items: Collection, Value: PostgresValue>(
    nullableColumn items: Items, _ value: (Items.Element) -> Value?
  ) {
    begin(Value.postgresArrayType)
    PostgresArrayCoding.encode(items, into: &bytes, value: value)
    end()
  }

  /// Rows of a composite type that the statement's text names, for `unnest`: an array, one row of each item.
  @inlinable
  package mutating func append<Items: Collection>(
    rows items: Items, _ fields: (Items.Element, inout PostgresFields) -> Void
  ) {
    begin(.unspecified)
    var rows = PostgresFields(appendingTo: bytes)
    // Given away, so that the rows are its only owner and nothing is copied.
    bytes = []
    rows.encode(items, fields)
    bytes = rows.bytes
    end()
  }

  mutating func removeAll() {
    if bytes.isEmpty || bytes.capacity > Self.keptCapacity {
      self = PostgresParameters()
    } else {
      bytes.removeSubrange(1...)
      types.removeAll(keepingCapacity: true)
      offsets.removeAll(keepingCapacity: true)
      lengths.removeAll(keepingCapacity: true)
    }
  }

  @inlinable
  mutating func begin(_ type: PostgresType) {
    types.append(type.rawValue)
    offsets.append(bytes.count)
  }

  @inlinable
  mutating func end(isNull: Bool = false) {
    let length = bytes.count - offsets[offsets.count - 1]
    lengths.append(isNull ? -1 : Int32(clamping: length))
  }
}
