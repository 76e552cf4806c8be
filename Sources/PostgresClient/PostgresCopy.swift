// COPY moves rows by the hundred thousand. It is no query: it has no parameters, and its data is a stream.

/// A `COPY ... FROM STDIN` or `COPY ... TO STDOUT`.
package protocol PostgresCopy: Sendable {
  static var sql: PostgresSQL { get }
}
