// The history of an account, newest first. Time is turned into versions before anything is scanned: along a
// chain created_at never goes back, so a range of time is a range of versions, and asking for last year costs
// no more than asking for today. What is rare on a long chain is looked for step by step: no statement reads
// more than a step, and no page more than some of them, so whoever goes on comes to the end of any chain.
import EventLoop
import Ledger
package import PostgresClient

extension LedgerReader {
  /// One page. Going on below `nextBelow` shows every transaction once, whatever is posted meanwhile. A page
  /// may be short or empty and have a next one all the same, if it took too long to find more.
  package func history(_ query: HistoryQuery) async throws(PostgresError) -> HistoryPage {
    let above = try await lastVersion(of: query.account, before: query.from)
    var below = min(query.below ?? .max, try await versionBehind(query))
    guard above < below, query.limit > 0 else { return HistoryPage(transactions: [], nextBelow: nil) }
    let end = pool.loop.clock.now + search.time
    var found: [Transaction] = []
    for step in 1... {
      // Without a filter the limit bounds what is read, and one step goes all the way.
      let bottom = query.isFiltered ? max(above, below - 1 - search.versionsPerStep) : above
      // One more than asked for tells whether there is a next page.
      found += try await pool.query(
        ReadHistory(query, above: bottom, below: below, limit: query.limit + 1 - found.count))
      if found.count > query.limit {
        found.removeLast()
        return HistoryPage(transactions: found, nextBelow: found.last?.version)
      }
      guard bottom > above else { break }
      below = bottom + 1
      if step >= search.stepsMax || pool.loop.clock.now >= end {
        return HistoryPage(transactions: found, nextBelow: below)
      }
    }
    return HistoryPage(transactions: found, nextBelow: nil)
  }

  /// The first version that is too new. Where nothing else says where to begin, a search begins behind the
  /// last version there is; whatever else is read needs no end.
  private func versionBehind(_ query: HistoryQuery) async throws(PostgresError) -> Int64 {
    if query.to != nil { return try await lastVersion(of: query.account, before: query.to) + 1 }
    guard query.isFiltered, query.below == nil else { return .max }
    return (try await account(query.account)?.account.version ?? 0) + 1
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
