// Whether a request was answered before. Only for requests that would be refused today before they reach a
// lane: settings and clocks go on, but a first answer stays.
package import Ledger
package import PostgresClient

extension LedgerLanes {
  /// If so, posting it changes nothing: it gets its first answer, or is told that its key belongs to another.
  package func remembers(_ request: Request) async throws(PostgresError) -> Bool {
    try await pool.first(FindRequests(digests: [request.digest])) != nil
  }
}
