// Why a duty did not come to its end.
package import PostgresClient

package enum JobFailure: Error, Equatable {
  /// The reason, as a sentence.
  case failed(String)
  /// It was told to stop, and did.
  case interrupted
}

extension JobFailure {
  /// What Postgres did not do for a duty. After the duty was told to stop that is no failure of it.
  package init(_ error: PostgresError) {
    self = Task.isCancelled ? .interrupted : .failed("\(error)")
  }

  /// Asks Postgres on a duty's behalf.
  package static func explaining<Value>(
    _ ask: () async throws(PostgresError) -> Value
  ) async throws(JobFailure) -> Value {
    do throws(PostgresError) { return try await ask() } catch { throw JobFailure(error) }
  }
}
