// A statement is a type: its file, its parameters, its row. What is written in SQL and what Swift believes
// about it stand side by side, and a test can prepare every one of them.

/// A statement with its parameters bound.
@usableFromInline
package protocol PostgresStatement: Sendable {
  /// `Never` for statements that return no rows.
  associatedtype Row: Sendable = Never

  static var sql: PostgresSQL { get }

  /// Promises that the statement changes nothing and waits for no lock. Such statements of many callers leave
  /// together and end in one sync, which saves both sides most of their system calls; if one of them fails,
  /// the server skips those behind it, and they are asked again.
  static var isReadOnly: Bool { get }

  /// Appends the parameters in the order $1, $2, ... Their types never depend on their values.
  func bind(to parameters: inout PostgresParameters)

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Row
}

extension PostgresStatement {
  @inlinable package static var isReadOnly: Bool { false }

  @inlinable
  package func bind(to parameters: inout PostgresParameters) {}
}

extension PostgresStatement where Row == Never {
  @inlinable
  package static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Never {
    throw PostgresDecodingError(column: 0, failure: .unexpectedRow)
  }
}
