// The answers to a unit, owned together and taken one after the other.

/// Results in the order of their statements; those never taken are freed at the end.
@usableFromInline
struct PostgresResults: ~Copyable {
  @usableFromInline let handles: [LibpqResult]
  @usableFromInline var taken = 0

  @usableFromInline
  init(owning handles: [LibpqResult]) {
    self.handles = handles
  }

  // Inlinable for the compiler's sake, as in `PostgresResult`.
  @inlinable
  deinit {
    for handle in handles[taken...] { handle.clear() }
  }

  /// What the server says it did at last.
  var lastTag: String? { handles.last?.commandTag }

  @usableFromInline
  mutating func next() throws(PostgresError) -> PostgresResult {
    guard taken < handles.count else { throw .connectionLost(reason: "an answer is missing") }
    taken += 1
    return PostgresResult(owning: handles[taken - 1])
  }

  @inlinable
  mutating func nextRows<Statement: PostgresStatement>(
    of type: Statement.Type
  ) throws(PostgresError) -> [Statement.Row] {
    try next().rows(of: type)
  }
}
