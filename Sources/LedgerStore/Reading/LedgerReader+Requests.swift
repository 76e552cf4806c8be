// What was asked before. Whoever goes on with a long piece of work sees by this what is done already, and
// need not post it again to be told so.
package import Ledger
package import PostgresClient

extension LedgerReader {
  /// What these requests were answered, of those that were.
  package func answers(
    to requests: [Request]
  ) async throws(PostgresError) -> [UUIDBits: RememberedRequest] {
    guard !requests.isEmpty else { return [:] }
    let rows = try await pool.query(FindRequests(digests: requests.map(\.digest)))
    return Dictionary(rows.map { ($0.digest, $0.remembered) }, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a service other than this one has posted, as far as the ledger's beginning and end tell.
  package func hasTransactions(notOf service: ServiceID) async throws(PostgresError) -> Bool {
    try await pool.first(FindOtherTransaction(service: service)) ?? false
  }
}
