// A board of the past: what a live board answers, answered from the snapshot by which its period was closed.
// The answers have the members of live ones, and say which snapshot they are of.
import Boards
import HTTPServer
import JSON
import Ledger
import LedgerStore
import PostgresClient

/// One worker's; used on its loop only.
struct PastBoard: Sendable {
  let snapshots: SnapshotReader
  let lookup: PointTypeLookup

  init(_ snapshots: SnapshotReader, _ lookup: PointTypeLookup) {
    self.snapshots = snapshots
    self.lookup = lookup
  }

  /// The snapshot by which a period of a board was closed; nil if it is not complete.
  func close(of board: BoardID, period: Int32) async throws(Problem) -> Snapshot? {
    let close = try await Problem.explaining { () async throws(PostgresError) in
      try await snapshots.close(of: board, period: period)
    }
    return close.flatMap { $0.isComplete ? $0 : nil }
  }

  /// The last period of a board that was closed; nil if none was.
  func lastClose(of board: BoardOfType) async throws(Problem) -> Snapshot? {
    try await Problem.explaining { () async throws(PostgresError) in
      try await snapshots.list(of: board, purpose: .close, limit: 1).first
    }
  }

  /// The answer to a question about a board, of what was then.
  func reply(
    to kind: BoardQuestion.Kind, in snapshot: Snapshot, withChange: Bool = false
  ) async throws(Problem) -> [UInt8] {
    switch kind {
    case .page(let offset, let limit, let top):
      try await page(of: snapshot, offset: offset, limit: limit, top: top, withChange: withChange)
    case .rank(let user): try await rank(of: user, in: snapshot, withChange: withChange)
    case .around(let user, let count):
      try await around(user, count: count, in: snapshot, withChange: withChange)
    case .aroundScore(let score, let count):
      try await around(score: score, count: count, in: snapshot, withChange: withChange)
    }
  }

  func page(
    of snapshot: Snapshot, offset: Int64, limit: Int64, top: TopShare? = nil, withChange: Bool = false
  ) async throws(Problem) -> [UInt8] {
    var share: Int64?
    if let top { share = try await members(of: top, in: snapshot) }
    let rows = try await rows(
      of: snapshot, offset: offset, limit: max(0, min(limit, (share ?? .max) - offset)))
    let statistics = try await statistics(of: snapshot)
    let changes = try await changes(of: rows, in: snapshot, withChange)
    return try await write(snapshot, rows: rows.count) { [share] in
      $0.pastEntries(rows, changes)
      $0.comparedWith(changes)
      $0.field("members", snapshot.memberCount)
      if let share { $0.field("topMembers", share) }
      $0.statistics(statistics)
    }
  }

  /// `not_ranked` for whoever is not in it.
  func rank(
    of user: UserID, in snapshot: Snapshot, withChange: Bool = false
  ) async throws(Problem) -> [UInt8] {
    let standing = try await standing(of: user, in: snapshot)
    let changes = try await changes(of: [standing.row], in: snapshot, withChange)
    return try await write(snapshot, rows: 1) {
      $0.standing(standing, in: snapshot)
      $0.change(of: user, Int64(standing.row.entry.rank), changes)
      $0.comparedWith(changes)
    }
  }

  func around(
    _ user: UserID, count: Int64, in snapshot: Snapshot, withChange: Bool = false
  ) async throws(Problem) -> [UInt8] {
    let place = Int64(try await standing(of: user, in: snapshot).row.entry.place)
    return try await around(place: place, count: count, in: snapshot, withChange)
  }

  /// Around where the score is or would be, whether anybody has it or not.
  func around(
    score: Int64, count: Int64, in snapshot: Snapshot, withChange: Bool = false
  ) async throws(Problem) -> [UInt8] {
    let place = try await Problem.explaining { () async throws(PostgresError) in
      try await snapshots.place(ofScore: score, in: snapshot)
    }
    return try await around(place: Int64(place), count: count, in: snapshot, withChange)
  }

  /// The ranks of these users then, and among themselves.
  func users(_ users: [UserID], in snapshot: Snapshot) async throws(Problem) -> [UInt8] {
    let named = try await Problem.explaining { () async throws(PostgresError) in
      try await snapshots.namedStandings(of: users, in: snapshot)
    }
    let ranked = named.sorted { $0.entry.place < $1.entry.place }
    let order = snapshot.plan.order
    let localRanks = order.style.ranks(among: ranked.map { order.merit(of: $0.entry.score) }) { $0 < $1 }
    let present = Set(ranked.map(\.entry.user))
    return try await write(snapshot, rows: users.count) {
      $0.arrayField("entries") {
        for (row, localRank) in zip(ranked, localRanks) {
          $0.object {
            $0.members(of: row)
            $0.field("localRank", orNull: localRank)
          }
        }
      }
      $0.arrayField("unranked") { for user in users where !present.contains(user) { $0.string(user.text) } }
      $0.field("members", snapshot.memberCount)
    }
  }

  /// How scores were spread then.
  func distribution(of snapshot: Snapshot, buckets: Int) async throws(Problem) -> [UInt8] {
    let spread = try await Problem.explaining { () async throws(PostgresError) in
      try await snapshots.spread(of: snapshot, buckets: buckets)
    }
    return try await write(snapshot, rows: buckets) { $0.distribution(spread) }
  }

  // MARK: Parts

  /// How many are in a share: whoever has the score of its last place, too.
  private func members(of share: TopShare, in snapshot: Snapshot) async throws(Problem) -> Int64 {
    let (members, isAscending) = (snapshot.memberCount, snapshot.plan.order.isAscending)
    guard members > 0 else { return 0 }
    return try await Problem.explaining { () async throws(PostgresError) in
      let last = Int32(clamping: share.places(of: members) - 1)
      guard let score = try await snapshots.entries(of: snapshot.number, after: last, limit: 1).first?.score,
        score != (isAscending ? .max : .min)
      else { return members }
      return Int64(try await snapshots.place(ofScore: isAscending ? score + 1 : score - 1, in: snapshot)) - 1
    }
  }

  /// As many before as behind the place, moved where the board ends.
  private func around(
    place: Int64, count: Int64, in snapshot: Snapshot, _ withChange: Bool
  ) async throws(Problem) -> [UInt8] {
    let offset = max(0, min(place - 1 - count / 2, snapshot.memberCount - count))
    let rows = try await rows(of: snapshot, offset: offset, limit: count)
    let changes = try await changes(of: rows, in: snapshot, withChange)
    return try await write(snapshot, rows: rows.count) {
      $0.pastEntries(rows, changes)
      $0.comparedWith(changes)
      $0.field("offset", offset)
      $0.field("members", snapshot.memberCount)
    }
  }

  /// Nil where they were not asked for.
  private func changes(
    of rows: [NamedEntry], in snapshot: Snapshot, _ areWanted: Bool
  ) async throws(Problem) -> RankChanges? {
    guard areWanted else { return nil }
    return try await RankChanges(of: rows.map(\.entry.user), in: snapshot, snapshots)
  }

  private func standing(of user: UserID, in snapshot: Snapshot) async throws(Problem) -> PastStanding {
    let standing = try await Problem.explaining { () async throws(PostgresError) in
      try await snapshots.pastStanding(of: user, in: snapshot)
    }
    guard let standing else { throw .notRanked }
    return standing
  }

  private func rows(
    of snapshot: Snapshot, offset: Int64, limit: Int64
  ) async throws(Problem) -> [NamedEntry] {
    try await Problem.explaining { () async throws(PostgresError) in
      try await snapshots.namedEntries(of: snapshot, after: Int32(clamping: offset), limit: Int(limit))
    }
  }

  private func statistics(of snapshot: Snapshot) async throws(Problem) -> BoardStatistics? {
    guard let contents = snapshot.contents, contents.members > 0 else { return nil }
    let before = Int32(clamping: (contents.members - 1) / 2)
    let middle = try await Problem.explaining { () async throws(PostgresError) in
      try await snapshots.entries(
        of: snapshot.number, after: before, limit: contents.members.isMultiple(of: 2) ? 2 : 1)
    }
    guard let first = middle.first, let last = middle.last else { return nil }
    return BoardStatistics(
      sum: contents.scoreSum, members: contents.members, middle: (first.score, last.score))
  }

  private func write(
    _ snapshot: Snapshot, rows: Int, _ body: (inout JSONWriter) -> Void
  ) async throws(Problem) -> [UInt8] {
    let board = snapshot.plan.board
    try await lookup.learnNames(of: CollectionOfOne(board.pointType))
    var json = JSONWriter(reservingCapacity: 512 + 192 * rows)
    json.object {
      $0.field("pointType", lookup.catalog.name(of: board.pointType))
      $0.field("board", board.name)
      $0.field("category", orNull: board.category.isEmpty ? nil : board.category)
      $0.field("period", orNull: snapshot.plan.period?.label)
      body(&$0)
      $0.origin(snapshot)
    }
    return json.finish()
  }
}

extension Snapshot {
  var memberCount: Int64 { contents?.members ?? 0 }
}

extension JSONWriter {
  /// Which snapshot an answer was read from.
  mutating func origin(_ snapshot: Snapshot) {
    field("position", orNull: snapshot.position)
    field("source", "snapshot" as StaticString)
    field("asOf", orNull: snapshot.plan.asOf)
    field("snapshotId", snapshot.id)
  }

  fileprivate mutating func pastEntries(_ rows: [NamedEntry], _ changes: RankChanges?) {
    arrayField("entries") {
      for row in rows {
        $0.object {
          $0.members(of: row)
          $0.change(of: row.entry.user, Int64(row.entry.rank), changes)
        }
      }
    }
  }

  /// Where a user was, and how far it was to the next.
  mutating func standing(_ standing: PastStanding, in snapshot: Snapshot) {
    let (score, members) = (standing.row.entry.score, snapshot.memberCount)
    self.members(of: standing.row)
    field("members", members)
    field("percentile", Hundredths.percentile(rank: standing.better + 1, members: members))
    key("missing")
    if let next = standing.nextScore, let missing = snapshot.plan.order.missing(from: score, to: next) {
      integer(missing)
    } else {
      null()
    }
  }
}
