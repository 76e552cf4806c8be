// What scores were before an instant. Where nothing has happened since, a score is what it is now; of sums,
// what happened since is taken off; else all that counts before the instant is folded again. How much is read
// is bounded, and of whom that does not suffice nothing is said.
package import Boards
package import Ledger
package import PostgresClient

extension ScoreReader {
  /// So many transactions are read for all scores of a question.
  private static let entriesMax: Int64 = 20_000
  /// And so many by one statement, unless one account alone has more.
  private static let entriesPerRead: Int64 = 2_500
  /// The accounts that one statement looks up.
  private static let usersPerRead = 250

  /// A score as it is now.
  package struct Present: Sendable {
    package let user: UserID
    package let score: Int64
    package let reachedAt: Instant
    package let version: Int64
    /// How many transactions count; nil where that is not known.
    package let count: Int64?

    package init(user: UserID, score: Int64, reachedAt: Instant, version: Int64, count: Int64?) {
      self.user = user
      self.score = score
      self.reachedAt = reachedAt
      self.version = version
      self.count = count
    }
  }

  /// What is known of a score of the past.
  package enum Past: Sendable, Equatable {
    /// When it was reached is told where ranks depend on it, and else may be a later instant.
    case listed(score: Int64, reachedAt: Instant)
    case unlisted
  }

  /// Before the instant, of each of whom that can be told. Those who come first are told first. `order` and
  /// `eligibility` are those of a defined board.
  package func scores(
    of users: [Present], _ type: PointTypeID, by rule: ScoreRule, before since: Instant, _ order: BoardOrder,
    _ eligibility: Eligibility
  ) async throws(PostgresError) -> [UserID: Past] {
    let disabled = eligibility.enabledOnly ? try await disabled(users.map(\.user), before: since) : []
    var past: [UserID: Past] = [:]
    var moved: [Present] = []
    for present in users {
      if disabled.contains(present.user) {
        past[present.user] = .unlisted
      } else if present.reachedAt < since, eligibility.minCount == nil {
        past[present.user] = .listed(score: present.score, reachedAt: present.reachedAt)
      } else {
        moved.append(present)
      }
    }
    let then = try await versions(of: moved.map(\.user), type, before: since)
    guard case .period(let board, let period) = rule else {
      for present in moved { past[present.user] = Self.past(then[present.user], rule) }
      return past
    }
    let begin = try await versions(of: moved.map(\.user), type, before: period.start)
    let slots = try await slots(
      of: moved, type, on: board, period, order, then: then.mapValues(\.version),
      begin: begin.mapValues(\.version))
    for (user, slot) in slots {
      guard let slot, eligibility.admits(slot, isEnabled: true) else {
        past[user] = .unlisted
        continue
      }
      past[user] = .listed(score: slot.score, reachedAt: slot.reachedAt)
    }
    return past
  }

  /// Whose account has changed since, as far as some batches tell; and whether that is everybody.
  package func changedUsers(
    of type: PointTypeID, since: Instant, limit: Int
  ) async throws(PostgresError) -> (users: [UserID], isComplete: Bool) {
    let find = FindChangedUsers(type: type, since: since, batches: 500, limit: Int64(limit) + 1)
    guard let found = try await pool.first(find) else { return ([], false) }
    return (Array(found.users.prefix(limit)), found.reachesBack && found.users.count <= limit)
  }

  // MARK: Parts

  /// A total of 0 is as good as none here: nobody is before anybody by it.
  private static func past(_ then: FindVersionsBefore.Row?, _ rule: ScoreRule) -> Past {
    guard let then else { return .unlisted }
    let score = rule == .balance ? then.balance : then.totalEarned
    return rule == .earned && score == 0 ? .unlisted : .listed(score: score, reachedAt: then.createdAt)
  }

  private func disabled(_ users: [UserID], before instant: Instant) async throws(PostgresError) -> Set<UserID>
  {
    guard !users.isEmpty else { return [] }
    return Set(try await pool.query(FindDisabledBefore(users: users, instant: instant)))
  }

  private func versions(
    of users: [UserID], _ type: PointTypeID, before instant: Instant
  ) async throws(PostgresError) -> [UserID: FindVersionsBefore.Row] {
    guard instant.microseconds > .min else { return [:] }
    var found: [UserID: FindVersionsBefore.Row] = [:]
    for first in stride(from: 0, to: users.count, by: Self.usersPerRead) {
      let some = Array(users[first..<min(first + Self.usersPerRead, users.count)])
      let rows = try await pool.query(FindVersionsBefore(type: type, users: some, instant: instant))
      for row in rows { found[row.user] = row }
    }
    return found
  }

  /// Of each of whom that can be told with what may be read; nil for one who had no place.
  private func slots(
    of users: [Present], _ type: PointTypeID, on board: ScoredBoard, _ period: ScoredBoard.Period,
    _ order: BoardOrder, then: [UserID: Int64], begin: [UserID: Int64]
  ) async throws(PostgresError) -> [UserID: BoardSlot?] {
    var slots: [UserID: BoardSlot?] = [:]
    var left = Self.entriesMax
    // What happened since is taken off; where that does not tell it, what was before is folded.
    var folded: [Present] = []
    let sums = users.filter { board.metric != .best && order.style != .ordinal && $0.count != nil }
    let since = sums.map {
      VersionRange(user: $0.user, above: then[$0.user] ?? 0, until: $0.version)
    }
    let rule = ScoreRule.period(board, period)
    let changes = try await entries(since, type, rule, &left)
    for present in users {
      let (before, first) = (then[present.user] ?? 0, begin[present.user] ?? 0)
      guard before > first else {
        slots[present.user] = .some(nil)
        continue
      }
      guard let changes = changes[present.user], let count = present.count else {
        folded.append(present)
        continue
      }
      let taken = changes.compactMap(rule.contribution)
      let rest = count - taken.reduce(0) { $0 + $1.count }
      guard rest > 0 else {
        folded.append(present)
        continue
      }
      slots[present.user] = BoardSlot(
        key: SlotKey(board: board.number, period: period.number),
        score: taken.reduce(present.score) { $0 &- $1.score }, reachedAt: present.reachedAt, count: rest)
    }
    let before = folded.map {
      VersionRange(user: $0.user, above: begin[$0.user] ?? 0, until: then[$0.user] ?? 0)
    }
    for (user, entries) in try await entries(before, type, rule, &left) {
      var fold = BoardFold(of: AccountKey(user: user, pointType: type), on: [board])
      for entry in entries.reversed() { fold.add(entry.past) }
      slots[user] = .some(fold.slots[SlotKey(board: board.number, period: period.number)])
    }
    return slots
  }

  /// Newest first, of those for whom it suffices.
  private func entries(
    _ ranges: [VersionRange], _ type: PointTypeID, _ rule: ScoreRule, _ left: inout Int64
  ) async throws(PostgresError) -> [UserID: [ScoringEntry]] {
    var found: [UserID: [ScoringEntry]] = [:]
    var portion: [VersionRange] = []
    var portions: [[VersionRange]] = []
    var size: Int64 = 0
    for range in ranges where range.count <= left {
      left -= range.count
      found[range.user] = []
      if size + range.count > Self.entriesPerRead, !portion.isEmpty {
        portions.append(portion)
        (portion, size) = ([], 0)
      }
      portion.append(range)
      size += range.count
    }
    if !portion.isEmpty { portions.append(portion) }
    for portion in portions {
      let rows = try await pool.query(
        ReadScoringEntries(type: type, ranges: portion, end: rule.end, version: .max))
      for row in rows { found[row.user]?.append(row.entry) }
    }
    return found
  }
}
