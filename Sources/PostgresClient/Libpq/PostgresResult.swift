// The answer to one statement, owned by the task that asked.
import CPostgres

/// A result that is freed when it goes out of scope; rows are decoded where they lie.
@usableFromInline
struct PostgresResult: ~Copyable {
  @usableFromInline let handle: LibpqResult

  @usableFromInline
  init(owning handle: LibpqResult) {
    self.handle = handle
  }

  // Inlinable, because the compiler would inline it into
  // inlinable callers anyway and stop at its own mistake.
  @inlinable
  deinit {
    handle.clear()
  }

  @usableFromInline var rowCount: Int {
    Int(unsafe PQntuples(handle.pointer))
  }

  /// How many rows the command touched; 0 for commands that touch none.
  @usableFromInline var affectedRows: Int {
    handle.affectedRows
  }

  @inlinable
  func rows<Statement: PostgresStatement>(
    of type: Statement.Type
  ) throws(PostgresError) -> [Statement.Row] {
    let count = rowCount
    var rows: [Statement.Row] = []
    guard count > 0 else { return rows }
    rows.reserveCapacity(count)
    var row = PostgresRow()
    for index in 0..<count {
      load(index, into: &row)
      do throws(PostgresDecodingError) {
        rows.append(try Statement.decode(row))
      } catch {
        throw .decoding(error)
      }
    }
    return rows
  }

  /// Points the row's cells at one row of the result.
  @usableFromInline
  func load(_ index: Int, into row: inout PostgresRow) {
    let result = unsafe handle.pointer
    let line = Int32(truncatingIfNeeded: index)
    row.cells.removeAll(keepingCapacity: true)
    for column in 0..<(unsafe PQnfields(result)) {
      let isNull = unsafe PQgetisnull(result, line, column) != 0
      row.cells.append(
        unsafe PostgresCell(
          start: isNull ? nil : UnsafeRawPointer(PQgetvalue(result, line, column)),
          count: Int(PQgetlength(result, line, column)),
          type: PostgresType(rawValue: PQftype(result, column))))
    }
  }
}
