// Transactions that meet others. Postgres ends a deadlock by rolling one of them back, which is nobody's
// mistake and seldom happens twice: so it is tried once more, from its beginning.
import EventLoop
import PostgresClient

extension PostgresPool {
  /// Runs the closure in a transaction, and a second time if others were in the way of the first. What it
  /// does beside asking the transaction, it may do twice.
  func transactionTriedTwice<Value>(
    _ body: (PostgresTransaction) async throws(PostgresError) -> Value
  ) async throws(PostgresError) -> Value {
    do throws(PostgresError) {
      return try await transaction(body)
    } catch {
      guard error.state?.blamesOthers ?? false else { throw error }
    }
    // The others are only just being woken: who comes back at once may take the very lock that they wait for,
    // and meet them again.
    try? await loop.sleep(for: .milliseconds(.random(in: 20...50)))
    return try await transaction(body)
  }
}
