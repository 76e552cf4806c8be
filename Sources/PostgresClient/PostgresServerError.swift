// What a server says when it refuses or fails a statement.

/// An error that the server reported; the connection is usable as before unless it says otherwise.
@usableFromInline
package struct PostgresServerError: Error, Sendable, Equatable, CustomStringConvertible {
  package var state: SQLState
  package var severity: String
  package var message: String
  package var detail: String?
  package var hint: String?
  package var schema: String?
  package var table: String?
  package var column: String?
  package var constraint: String?
  /// The server's function that raised it: the one field that tells apart errors which share a code.
  package var routine: String?

  @usableFromInline package var description: String {
    let detail = detail.map { " (\($0))" } ?? ""
    return "\(severity) \(state.rawValue): \(message)\(detail)"
  }

  /// The prepared form of the statement is gone or outdated; nothing was executed.
  var asksToPrepareAgain: Bool {
    switch state {
    case .undefinedStatement: true
    // "cached plan must not change result type" has no code of its own.
    case .featureNotSupported: routine == "RevalidateCachedQuery"
    case _: false
    }
  }
}
