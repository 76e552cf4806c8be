// One row of a result, decoded where it lies: in the memory of the result that libpq keeps. A row cannot be
// copied and is only ever borrowed, so nobody can keep it beyond the call it was lent to.

/// Where one value lies and what it is; no address is NULL.
@safe
@usableFromInline
struct PostgresCell {
  @usableFromInline let start: UnsafeRawPointer?
  @usableFromInline let count: Int
  @usableFromInline let type: PostgresType

  @usableFromInline
  init(start: UnsafeRawPointer?, count: Int, type: PostgresType) {
    unsafe self.start = start
    self.count = count
    self.type = type
  }
}

/// A row that is lent to be decoded.
@usableFromInline
package struct PostgresRow: ~Copyable {
  @usableFromInline var cells: [PostgresCell] = []

  @usableFromInline
  init() {}

  package var columnCount: Int { cells.count }

  /// The value of a column that is never NULL.
  @inlinable
  package func value<Value: PostgresValue>(
    _ column: Int, as type: Value.Type = Value.self
  ) throws(PostgresDecodingError) -> Value {
    guard let value = try optional(column, as: type) else {
      throw PostgresDecodingError(column: column, failure: .unexpectedNull)
    }
    return value
  }

  /// The value of a column, or nil for NULL.
  @inlinable
  package func optional<Value: PostgresValue>(
    _ column: Int, as type: Value.Type = Value.self
  ) throws(PostgresDecodingError) -> Value? {
    guard let cell = unsafe try cell(column, where: Value.accepts) else { return nil }
    do throws(PostgresDecodingFailure) {
      return try unsafe Value(decoding: cell.bytes)
    } catch {
      throw PostgresDecodingError(column: column, failure: error)
    }
  }

  /// An array without NULLs.
  @inlinable
  package func array<Value: PostgresValue>(
    _ column: Int, of type: Value.Type = Value.self
  ) throws(PostgresDecodingError) -> [Value] {
    var values: [Value] = []
    try decodeArray(column, of: type, reserve: { values.reserveCapacity($0) }) {
      (value: Value?) throws(PostgresDecodingFailure) in
      guard let value else { throw .unexpectedNull }
      values.append(value)
    }
    return values
  }

  /// An array without NULLs, or nil for NULL.
  @inlinable
  package func optionalArray<Value: PostgresValue>(
    _ column: Int, of type: Value.Type = Value.self
  ) throws(PostgresDecodingError) -> [Value]? {
    guard unsafe try cell(column, where: { _ in true }) != nil else { return nil }
    return try array(column, of: type)
  }

  /// An array whose elements may be NULL.
  @inlinable
  package func nullableArray<Value: PostgresValue>(
    _ column: Int, of type: Value.Type = Value.self
  ) throws(PostgresDecodingError) -> [Value?] {
    var values: [Value?] = []
    try decodeArray(column, of: type) { values.append($0) }
    return values
  }

  @inlinable
  func decodeArray<Value: PostgresValue>(
    _ column: Int, of type: Value.Type, reserve: (Int) -> Void = { _ in },
    append: (Value?) throws(PostgresDecodingFailure) -> Void
  ) throws(PostgresDecodingError) {
    guard let cell = unsafe try cell(column, where: { $0 == Value.postgresArrayType }) else {
      throw PostgresDecodingError(column: column, failure: .unexpectedNull)
    }
    do throws(PostgresDecodingFailure) {
      try unsafe PostgresArrayCoding.decode(cell.bytes, as: type, reserve: reserve, append: append)
    } catch {
      throw PostgresDecodingError(column: column, failure: error)
    }
  }

  @inlinable
  func cell(
    _ column: Int, where accepts: (PostgresType) -> Bool
  ) throws(PostgresDecodingError) -> UnsafeRawBufferPointer? {
    guard column >= 0, column < cells.count else {
      throw PostgresDecodingError(column: column, failure: .noSuchColumn)
    }
    let cell = cells[column]
    guard accepts(cell.type) else {
      throw PostgresDecodingError(column: column, failure: .wrongType(cell.type))
    }
    guard let start = unsafe cell.start else { return nil }
    return unsafe UnsafeRawBufferPointer(start: start, count: cell.count)
  }
}
