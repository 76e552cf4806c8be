// The history of an account, newest first. Time is turned into versions before anything is scanned: along a
// chain created_at never goes back, so a range of time is a range of versions, and asking for last year costs
// no more than asking for today.
import Ledger
package import PostgresClient

extension LedgerReader {
  /// One page. Going on below `nextBelow` shows every transaction once, whatever is posted meanwhile.
  package func history(_ query: HistoryQuery) async throws(PostgresError) -> HistoryPage {
    let above = try await lastVersion(of: query.account, before: query.from)
    let below = min(query.below ?? .max, try await versionBehind(query))
    guard above < below, query.limit > 0 else { return HistoryPage(transactions: [], nextBelow: nil) }
    // One more than asked for tells whether there is a next page.
    var found = try await pool.query(
      ReadHistory(
        account: query.account, kind: query.kind, category: query.category, above: above, below: below,
        limit: query.limit + 1))
    let isLast = found.count <= query.limit
    if !isLast { found.removeLast() }
    return HistoryPage(transactions: found, nextBelow: isLast ? nil : found.last?.version)
  }

  /// The first version that is too new; none is while no end is set.
  private func versionBehind(_ query: HistoryQuery) async throws(PostgresError) -> Int64 {
    guard query.to != nil else { return .max }
    return try await lastVersion(of: query.account, before: query.to) + 1
  }

  /// 0 if nothing was made before the instant, or no instant is given.
  private func lastVersion(
    of key: AccountKey, before instant: Instant?
  ) async throws(PostgresError) -> Int64 {
    guard let instant, instant.microseconds > .min else { return 0 }
    // Instants are whole microseconds, so before one is at the one below it.
    let last = Instant(microseconds: instant.microseconds - 1)
    return try await account(key, at: last)?.version ?? 0
  }
}
