// Coverage-guided fuzzing of everything that decodes bytes of a Postgres server: the first byte chooses a
// type, the rest is a value of it, or a row. Whatever comes must be a value or a typed error. Compiled
// together with the sources in PostgresClient/Coding, which need nothing else.

@c(LLVMFuzzerTestOneInput)
func fuzzPostgresDecoding(_ data: UnsafePointer<UInt8>, _ count: Int) -> Int32 {
  guard count > 0 else { return 0 }
  let value = unsafe UnsafeRawBufferPointer(start: data + 1, count: count - 1)
  unsafe decodeRow(value, selector: data.pointee)
  return 0
}

/// A row of two cells that both lie in the input, the second one cut off by the selector.
private func decodeRow(_ bytes: UnsafeRawBufferPointer, selector: UInt8) {
  let type = types[Int(selector) % types.count]
  let cut = min(bytes.count, Int(selector) / types.count)
  var row = PostgresRow()
  unsafe row.cells.append(PostgresCell(start: bytes.baseAddress, count: bytes.count, type: type))
  unsafe row.cells.append(PostgresCell(start: bytes.baseAddress, count: cut, type: type))
  for column in -1...2 {
    decode(row, column, Bool.self)
    decode(row, column, Int16.self)
    decode(row, column, Int32.self)
    decode(row, column, Int64.self)
    decode(row, column, Double.self)
    decode(row, column, String.self)
    decode(row, column, PostgresBytes.self)
    decode(row, column, PostgresUUID.self)
    decode(row, column, PostgresTimestamp.self)
    decode(row, column, PostgresJSON.self)
  }
}

/// What can be decoded must encode to something that decodes to the same bytes again.
private func decode<Value: PostgresValue>(_ row: borrowing PostgresRow, _ column: Int, _ type: Value.Type) {
  if let value = try? row.value(column, as: type) {
    let first = encoded(value)
    guard let again = try? unsafe Value(decoding: first.span.bytes) else {
      preconditionFailure("not decodable again")
    }
    precondition(encoded(again) == first, "another value after a round trip")
  }
  if let values = try? row.nullableArray(column, of: type) {
    var first: [UInt8] = []
    PostgresArrayCoding.encode(values, into: &first) { $0 }
    var count = 0
    do {
      try unsafe PostgresArrayCoding.decode(first.span.bytes, as: type) { _ in count += 1 }
    } catch {
      preconditionFailure("an array is not decodable again")
    }
    precondition(count == values.count, "another array after a round trip")
  }
}

private func encoded<Value: PostgresValue>(_ value: Value) -> [UInt8] {
  var bytes: [UInt8] = []
  value.encode(into: &bytes)
  return bytes
}

private let types: [PostgresType] = [
  .bool, .int2, .int4, .int8, .float8, .text, .bytea, .uuid, .timestamptz, .jsonb, .boolArray, .int2Array,
  .int4Array, .int8Array, .float8Array, .textArray, .byteaArray, .uuidArray, .timestamptzArray, .jsonbArray,
]
