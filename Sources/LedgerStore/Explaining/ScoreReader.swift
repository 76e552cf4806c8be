// Which transactions a score is made of, newest first. A score is that of a version of its account, so a page
// says of which, and going on from it shows the same score to its end, whatever is posted meanwhile. What is
// rare on a long chain is looked for step by step, as a filtered history is.
import EventLoop
package import Ledger
package import PostgresClient

/// One worker's reader, over a pool that is meant for reads; used on its loop only.
package struct ScoreReader: Sendable {
  /// So many versions are read at once at first; then more and more.
  private static let firstStep: Int64 = 64
  /// A credit that was taken back in more parts is not shown with all of them.
  private static let reversalsMax = 1_000

  let pool: PostgresPool
  private let search: HistorySearch

  package init(pool: PostgresPool, search: HistorySearch = HistorySearch()) {
    self.pool = pool
    self.search = search
  }

  /// A transaction, and what it adds to the score.
  package struct Part: Sendable, Equatable {
    package let transaction: Transaction
    package let contribution: Int64
  }

  package struct Page: Sendable, Equatable {
    package let parts: [Part]
    /// Where the next page begins; nil at the end, and only there.
    package let nextBelow: Int64?
  }

  /// A score as it is now, or was when it was stored.
  package struct Score: Sendable {
    package let account: AccountKey
    package let rule: ScoreRule
    package let score: Int64
    package let reachedAt: Instant
    /// The account's when it was this.
    package let version: Int64

    package init(account: AccountKey, rule: ScoreRule, score: Int64, reachedAt: Instant, version: Int64) {
      self.account = account
      self.rule = rule
      self.score = score
      self.reachedAt = reachedAt
      self.version = version
    }
  }

  /// One page of what makes up the score, below a version. A page may be short or empty and have a next one
  /// all the same, if it took too long to find more.
  package func page(
    of score: Score, below: Int64? = nil, limit: Int
  ) async throws(PostgresError) -> Page {
    var found = Finding(score, limit: limit)
    var below = min(below ?? .max, score.version + 1)
    let above = try await lastVersion(of: score.account, before: score.rule.begin)
    let end = pool.loop.clock.now + search.time
    var step = max(Self.firstStep, Int64(limit) * 2)
    var steps = 0
    while below - 1 > above, !found.isComplete {
      guard steps < search.stepsMax, steps == 0 || pool.loop.clock.now < end else {
        // A best credit that was found will do, though an earlier one may have been it first.
        return Page(
          parts: try await parts(of: score, found), nextBelow: found.best == nil ? below : nil)
      }
      let range = VersionRange(
        user: score.account.user, above: max(above, below - 1 - step), until: below - 1)
      let rows = try await pool.query(
        ReadScoringEntries(
          type: score.account.pointType, ranges: [range], end: score.rule.end, version: score.version))
      for row in rows { found.take(row.entry, of: score) }
      below = range.above + 1
      steps += 1
      step = min(step * 4, search.versionsPerStep)
    }
    return Page(parts: try await parts(of: score, found), nextBelow: found.nextBelow)
  }

  /// The account's last version at an instant or before; 0 if it had none yet.
  package func version(of key: AccountKey, at instant: Instant) async throws(PostgresError) -> Int64 {
    let behind = instant.microseconds.addingReportingOverflow(1)
    return try await lastVersion(
      of: key, before: Instant(microseconds: behind.overflow ? .max : behind.partialValue))
  }

  /// The account's last version before an instant; 0 if it had none yet.
  private func lastVersion(of key: AccountKey, before instant: Instant) async throws(PostgresError) -> Int64 {
    guard instant.microseconds > .min else { return 0 }
    let find = FindVersionsBefore(type: key.pointType, users: [key.user], instant: instant)
    return try await pool.first(find)?.version ?? 0
  }

  private func parts(of score: Score, _ found: Finding) async throws(PostgresError) -> [Part] {
    var contributions = Dictionary(
      found.parts.prefix(found.limit).map { ($0.version, $0.contribution) }
    ) { $1 }
    if let best = found.best {
      let reversals = try await pool.query(
        ReadReversalsOf(
          original: best.id, user: score.account.user, version: score.version, end: score.rule.end,
          limit: Self.reversalsMax))
      contributions = [best.version: best.amount]
      for version in reversals { contributions[version] = 0 }
    }
    guard !contributions.isEmpty else { return [] }
    let transactions = try await pool.query(
      ReadVersions(account: score.account, versions: contributions.keys.sorted()))
    return transactions.map { transaction in
      let isTakenBack = found.best != nil && transaction.reverses != nil
      return Part(
        transaction: transaction,
        contribution: isTakenBack ? -transaction.amount : contributions[transaction.version] ?? 0)
    }
  }
}

/// What a search has come upon.
private struct Finding {
  let limit: Int
  private let isOfBest: Bool
  private(set) var parts: [(version: Int64, contribution: Int64)] = []
  private(set) var best: PastEntry?
  /// Whether one was found that is best and was there when the score was reached.
  private var isSettled = false

  init(_ score: ScoreReader.Score, limit: Int) {
    self.limit = limit
    isOfBest = score.rule.isOfBest
    // Nothing is left of any credit.
    isSettled = isOfBest && score.score <= 0
  }

  /// One more than asked for tells whether there is a next page.
  var isComplete: Bool { isOfBest ? isSettled : parts.count > limit }

  var nextBelow: Int64? { parts.count > limit ? parts[limit - 1].version : nil }

  mutating func take(_ entry: ScoringEntry, of score: ScoreReader.Score) {
    guard !isComplete, let contribution = score.rule.contribution(of: entry) else { return }
    guard isOfBest else {
      if contribution.score != 0 { parts.append((entry.past.version, contribution.score)) }
      return
    }
    guard entry.past.original == nil, entry.past.amount - entry.reversed == score.score else { return }
    best = entry.past
    isSettled = entry.past.createdAt <= score.reachedAt
  }
}
