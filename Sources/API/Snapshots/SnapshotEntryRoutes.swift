// What snapshots hold: in order, of one user, all of it as a table, and what changed from one to another.
import HTTPServer
import JSON
import Ledger
import LedgerStore
import PostgresClient

enum SnapshotEntryRoutes {
  static func add(to routes: inout GuardedRoutes, reader: SnapshotReader, lookup: PointTypeLookup) {
    routes.on(.get, "/points/snapshots/{id}/entries", for: .reader, handler: entries(reader))
    routes.on(.get, "/points/snapshots/{id}/users/{userId}", for: .reader, handler: user(reader))
    routes.on(
      .get, "/points/snapshots/{id}/export", for: .service, produces: ["application/json", "text/csv"],
      handler: { exchange, _ throws(Problem) in
        try await SnapshotExport.response(to: exchange, reader, lookup)
      })
    routes.on(.get, "/points/snapshots/{id}/diff", for: .reader, handler: difference(reader))
  }

  /// From a rank on, or from where the page before ended.
  private static func entries(_ reader: SnapshotReader) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let limit = Int(try query.integer("limit", in: 1...1_000, otherwise: 25))
      let rank = try query.optionalInteger("rank", in: 1...Int64(Int32.max))
      let cursor = try query.optionalCursor()
      try query.finish()
      guard rank == nil || cursor == nil else {
        throw Problem(
          .validationFailed, "The parameter \"rank\" does not go with \"cursor\".",
          members: [.text("field", "rank")])
      }
      let snapshot = try await reader.asked(in: exchange).readable
      let question = ["entries", snapshot.id.description]
      let place = try cursor.map { text throws(Problem) in try Self.place(text, of: question) }
      let page = try await Problem.explaining { () async throws(PostgresError) in
        let after =
          if let rank { try await reader.place(ofRank: Int32(clamping: rank), in: snapshot) - 1 } else {
            place ?? 0
          }
        return try await reader.namedEntries(of: snapshot, after: after, limit: limit)
      }
      var json = JSONWriter(reservingCapacity: 256 + 224 * page.count)
      json.object {
        $0.field("snapshotId", snapshot.id)
        $0.arrayField("entries") { for row in page { $0.entry(row) } }
        $0.field("members", orNull: snapshot.contents?.members)
        let last = page.count == limit ? page.last?.entry.place : nil
        $0.field(
          "nextCursor", orNull: last.map { PageCursor([UInt64(UInt32(bitPattern: $0))], of: question).text })
      }
      return .json(json.finish())
    }
  }

  private static func place(_ cursor: String, of question: [String]) throws(Problem) -> Int32 {
    guard let numbers = PageCursor.numbers(1, in: cursor, of: question),
      let place = Int32(exactly: numbers[0])
    else { throw .strangeCursor }
    return place
  }

  private static func user(_ reader: SnapshotReader) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      let user = try exchange.user()
      let snapshot = try await reader.asked(in: exchange).readable
      let standing = try await Problem.explaining { () async throws(PostgresError) in
        try await reader.pastStanding(of: user, in: snapshot)
      }
      guard let standing else { throw .notRanked }
      var json = JSONWriter(reservingCapacity: 512)
      json.object {
        $0.field("snapshotId", snapshot.id)
        $0.field("place", Int64(standing.row.entry.place))
        $0.standing(standing, in: snapshot)
        $0.field("version", standing.row.entry.version)
      }
      return .json(json.finish())
    }
  }

  /// The users with whom something changed, in the order of their ids. A page looks at so many users, of whom
  /// not all need be among them.
  private static func difference(_ reader: SnapshotReader) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let against = try query.string("against", bytes: 36)
      let limit = Int(try query.integer("limit", in: 1...1_000, otherwise: 25))
      let cursor = try query.optionalCursor()
      try query.finish()
      let after = try await reader.asked(in: exchange).readable
      let before = try await reader.find(against).readable
      guard before.plan.board.pointType == after.plan.board.pointType else {
        throw Problem(
          .validationFailed, "The parameter \"against\" names a snapshot of another point type.",
          members: [.text("field", "against")])
      }
      let question = ["diff", before.id.description, after.id.description]
      let last = try cursor.map { text throws(Problem) in try Self.user(text, of: question) }
      let page = try await Problem.explaining { () async throws(PostgresError) in
        try await reader.differences(from: before.number, to: after.number, behind: last, limit: limit)
      }
      var json = JSONWriter(reservingCapacity: 256 + 320 * page.changes.count)
      json.object {
        $0.field("snapshotId", after.id)
        $0.field("against", before.id)
        $0.arrayField("changes") { for change in page.changes { $0.difference(change) } }
        $0.field(
          "nextCursor", orNull: page.nextAfter.map { PageCursor(Array($0.text.utf8), of: question).text })
      }
      return .json(json.finish())
    }
  }

  private static func user(_ cursor: String, of question: [String]) throws(Problem) -> UserID {
    guard let bytes = PageCursor.place(in: cursor, of: question),
      let text = String(validating: bytes, as: UTF8.self), let user = UserID(text)
    else { throw .strangeCursor }
    return user
  }
}
