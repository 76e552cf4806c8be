// Who has passed a user: who has a better rank than he now and had none before an instant. Whoever that is
// has moved since, or stands between where the user is and where he was. So the nearest above him are looked
// at, and those beyond whose accounts have changed since; each is compared as the board orders. All of it is
// bounded, and whether the bounds have cut anything off is said.
import BoardStore
import Boards
import HTTPServer
import Ledger
import LedgerStore
import PostgresClient

/// One who has passed.
struct Passer: Sendable {
  enum Relation: String, Sendable {
    /// He had a worse rank.
    case behind
    /// They had the same.
    case level
    /// He was not listed.
    case unlisted
  }

  let standing: ExplainedStanding
  /// Nil for who was not listed then.
  let scoreThen: Int64?
  let relation: Relation
}

struct Passing: Sendable {
  let since: Instant
  /// The user's own; nil where he was not listed then, or it takes too much to find out.
  var scoreThen: Int64?
  /// The nearest first.
  var passers: [Passer] = []
  /// Whether there may be more.
  var isTruncated = false
}

extension ExplainDesk {
  /// The nearest above a user are looked at, so many; and so many beyond who have changed.
  private static let nearestMax: Int64 = 1_000
  private static let changedMax = 1_000
  /// So many are told.
  private static let passersMax = 100
  static let sinceOtherwise: Int64 = 86_400_000_000

  func passing(
    _ user: ExplainedUser, on board: ExplainedBoard, since: Instant
  ) async throws(Problem) -> Passing {
    var (candidates, isAll) = (try await nearest(user, on: board), user.better <= Self.nearestMax)
    let top = candidates.last
    var changesAreKnown = false
    if !isAll, case .live(let found) = board.place {
      let changed = try await Problem.explaining { () async throws(PostgresError) in
        try await scores.changedUsers(of: board.pointType, since: since, limit: Self.changedMax)
      }
      changesAreKnown = changed.isComplete
      let known = Set(candidates.map(\.now.user)).union([user.standing.now.user])
      candidates += try await standings(of: changed.users.filter { !known.contains($0) }, found, board)
    }
    candidates.removeAll { !board.order.ranks($0.now, before: user.standing.now) }
    let then = try await past([user.standing] + candidates, board, since)
    var passing = Passing(since: since)
    guard let own = then[user.standing.now.user] else {
      passing.isTruncated = !candidates.isEmpty
      return passing
    }
    if case .listed(let score, _) = own { passing.scoreThen = score }
    let fell = Fall(from: own, to: user.standing.now, board.order)
    isAll = isAll || changesAreKnown && fell.isCovered(by: top?.now)
    let all = candidates.compactMap { candidate in
      then[candidate.now.user].flatMap { Self.passer(candidate, then: $0, own, user, board.order) }
    }
    passing.passers = Array(
      all.sorted { board.order.isNearer($0.standing, than: $1.standing) }.prefix(Self.passersMax))
    passing.isTruncated =
      !isAll || all.count > Self.passersMax || candidates.contains { then[$0.now.user] == nil }
    return passing
  }

  /// Nil for one who had a better rank already.
  private static func passer(
    _ candidate: ExplainedStanding, then: ScoreReader.Past, _ own: ScoreReader.Past, _ user: ExplainedUser,
    _ order: BoardOrder
  ) -> Passer? {
    guard case .listed(let score, let reachedAt) = then else {
      return Passer(standing: candidate, scoreThen: nil, relation: .unlisted)
    }
    // Who is not listed is behind everybody who is.
    guard case .listed(let ownScore, let ownReachedAt) = own else { return nil }
    let his = RankedScore(user: candidate.now.user, score: score, reachedAt: reachedAt)
    let mine = RankedScore(user: user.standing.now.user, score: ownScore, reachedAt: ownReachedAt)
    guard !order.ranks(his, before: mine) else { return nil }
    let relation = order.ranks(mine, before: his) ? Passer.Relation.behind : .level
    return Passer(standing: candidate, scoreThen: score, relation: relation)
  }

  // MARK: Who is before him now

  /// The nearest first.
  private func nearest(
    _ user: ExplainedUser, on board: ExplainedBoard
  ) async throws(Problem) -> [ExplainedStanding] {
    let count = min(user.better, Self.nearestMax)
    guard count > 0 else { return [] }
    let offset = user.better - count
    switch board.place {
    case .live(let found):
      let type = board.pointType
      let answer = try await desk.ask(type, found) {
        await $0.page(of: type, found.mirror, offset: offset, limit: count)
      } ledger: {
        $0.page($1, offset: offset, limit: count, withStatistics: false)
      }
      return answer.value.rows.reversed().compactMap { ExplainedStanding($0, on: found.mirror) }
    case .stored(let snapshot):
      let rows = try await Problem.explaining { () async throws(PostgresError) in
        try await desk.past?.entries(of: snapshot, after: offset, limit: count) ?? []
      }
      return rows.reversed().map { ExplainedStanding($0) }
    }
  }

  private func standings(
    of users: [UserID], _ found: FoundBoard, _ board: ExplainedBoard
  ) async throws(Problem) -> [ExplainedStanding] {
    guard !users.isEmpty else { return [] }
    let type = board.pointType
    let answer = try await desk.ask(type, found) {
      await $0.users(of: type, found.mirror, users)
    } ledger: {
      $0.users($1, users)
    }
    return answer.value.rows.compactMap { row in row.flatMap { ExplainedStanding($0, on: found.mirror) } }
      .sorted { board.order.isNearer($0, than: $1) }
  }

  private func past(
    _ standings: [ExplainedStanding], _ board: ExplainedBoard, _ since: Instant
  ) async throws(Problem) -> [UserID: ScoreReader.Past] {
    try await Problem.explaining { () async throws(PostgresError) in
      try await scores.scores(
        of: standings.map(\.present), board.pointType, by: board.rule, before: since, board.order,
        board.eligibility)
    }
  }
}

/// What a user has lost since. Whoever did not move has passed him only if he stands in between.
private struct Fall {
  /// Nil where he has lost nothing.
  private let from: RankedScore?
  private let order: BoardOrder

  init(from past: ScoreReader.Past, to now: RankedScore, _ order: BoardOrder) {
    self.order = order
    guard case .listed(let score, let reachedAt) = past else {
      from = nil
      return
    }
    let then = RankedScore(user: now.user, score: score, reachedAt: reachedAt)
    from = order.ranks(then, before: now) ? then : nil
  }

  /// Whether nobody above this one can be among them.
  func isCovered(by top: RankedScore?) -> Bool {
    guard let from else { return true }
    return top.map { order.ranks($0, before: from) } ?? false
  }
}

extension BoardOrder {
  /// Of two who are before somebody, which is nearer to him.
  fileprivate func isNearer(_ one: ExplainedStanding, than other: ExplainedStanding) -> Bool {
    let (merit, otherMerit) = (merit(of: one.now.score), merit(of: other.now.score))
    if merit != otherMerit { return merit < otherMerit }
    if one.now.reachedAt != other.now.reachedAt { return one.now.reachedAt > other.now.reachedAt }
    return other.now.user < one.now.user
  }
}
