// What is wrong with bytes that a server sent. A well-behaved server never causes one: they mean that a
// statement and its Swift type disagree, or that something between us and the server damages what it carries.

/// Why the bytes of one value are not a value of the type asked for.
@usableFromInline
package enum PostgresDecodingFailure: Sendable, Hashable {
  case wrongLength(Int)
  case wrongType(PostgresType)
  case noSuchColumn
  case unexpectedNull
  case invalidText
  case outOfRange
  case unknownVersion(UInt8)
  case malformedArray
  /// The statement returned a row although its Swift type has none.
  case unexpectedRow
}

extension PostgresDecodingFailure: Error {}

/// A value that could not be decoded, and where it stood.
@usableFromInline
package struct PostgresDecodingError: Error, Sendable, Hashable, CustomStringConvertible {
  @usableFromInline package let column: Int
  @usableFromInline package let failure: PostgresDecodingFailure

  @usableFromInline package init(column: Int, failure: PostgresDecodingFailure) {
    self.column = column
    self.failure = failure
  }

  @usableFromInline package var description: String {
    "column \(column): \(failure)"
  }
}
