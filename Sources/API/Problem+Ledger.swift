// What a caller is told when the ledger did not do what was asked, be it to read or to write: no answer from
// its database, or a lock that somebody holds for too long. Postings have more to say; see their own file.
import HTTPServer
import PostgresClient

extension Problem {
  /// Does something with the ledger, and explains what stopped it.
  static func explaining<Value>(
    _ act: () async throws(PostgresError) -> Value
  ) async throws(Problem) -> Value {
    do throws(PostgresError) { return try await act() } catch { throw Problem(explaining: error) }
  }

  init(explaining error: PostgresError) {
    self.init(error)
    if code == .unavailable {
      self.init(.databaseUnavailable, "The ledger does not answer now.", fields: fields)
    } else if error.state == .lockNotAvailable {
      self.init(
        .overloaded, "Something that does not end holds what would be changed. Nothing was done.",
        fields: [.retrySoon])
    }
  }
}
