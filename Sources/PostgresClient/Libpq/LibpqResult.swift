// A result of libpq on its way from the wire to the task that waits for it.
import CPostgres

/// What a result means to the queue of expectations.
enum ReplyKind: Sendable, Equatable {
  /// Rows or a command's success.
  case success
  /// The server's error.
  case failure
  /// Skipped by the server, because something before it failed.
  case skipped
  case sync
  case copyIn
  case copyOut
  /// A report of libpq itself: the connection is no longer in step.
  case broken
}

/// A `PGresult`, not yet owned: whoever has it last makes a `PostgresResult` of it or clears it.
@safe
@usableFromInline
struct LibpqResult: @unchecked Sendable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer) {
    unsafe self.pointer = pointer
  }

  @usableFromInline
  func clear() {
    unsafe PQclear(pointer)
  }

  var kind: ReplyKind {
    switch unsafe PQresultStatus(pointer) {
    case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY: .success
    case PGRES_PIPELINE_SYNC: .sync
    case PGRES_PIPELINE_ABORTED: .skipped
    case PGRES_FATAL_ERROR: unsafe PQresultErrorField(pointer, Field.state) == nil ? .broken : .failure
    case PGRES_COPY_IN: .copyIn
    case PGRES_COPY_OUT: .copyOut
    case _: .broken
    }
  }

  /// How many rows the command touched; 0 for commands that touch none.
  var affectedRows: Int {
    unsafe Int(String(cString: PQcmdTuples(pointer))) ?? 0
  }

  /// What the server says it did, such as `COMMIT` or `ROLLBACK`.
  var commandTag: String {
    unsafe String(cString: PQcmdStatus(pointer))
  }

  /// What the server complained about.
  var serverError: PostgresServerError {
    PostgresServerError(
      state: SQLState(rawValue: field(Field.state) ?? ""), severity: field(Field.severity) ?? "ERROR",
      message: field(Field.message) ?? message, detail: field(Field.detail), hint: field(Field.hint),
      schema: field(Field.schema), table: field(Field.table), column: field(Field.column),
      constraint: field(Field.constraint), routine: field(Field.routine))
  }

  /// libpq's own words.
  var message: String {
    unsafe String(cString: PQresultErrorMessage(pointer)).firstLine
  }

  private func field(_ code: Int32) -> String? {
    guard let text = unsafe PQresultErrorField(pointer, code) else { return nil }
    return unsafe String(cString: text)
  }

  /// The PG_DIAG_* macros are character constants, which Swift does not import.
  private enum Field {
    // Not translated, unlike 'S'.
    static let severity = code("V")
    static let state = code("C")
    static let message = code("M")
    static let detail = code("D")
    static let hint = code("H")
    static let schema = code("s")
    static let table = code("t")
    static let column = code("c")
    static let constraint = code("n")
    static let routine = code("R")

    private static func code(_ character: Unicode.Scalar) -> Int32 {
      Int32(bitPattern: character.value)
    }
  }
}

extension String {
  /// libpq ends its messages with a newline, and adds lines of advice.
  var firstLine: String {
    String(prefix { $0 != "\n" })
  }
}
