// The routes by which a stored result is mended: each revision is a snapshot of its own, and all of a line
// can be read.
import HTTPServer
import JSON
import Ledger
import LedgerStore
import PostgresClient

enum RevisionRoutes {
  /// Who may change whom a payout reaches.
  private static let revisers = Role.payouts
  /// A thousand users with the longest ids, in whatever spelling.
  private static let bodyBytes = 1_024 * 1_024
  private static let path = "/points/snapshots/{id}/revisions"

  static func add(to routes: inout GuardedRoutes, desk: SnapshotDesk, lookup: PointTypeLookup) {
    routes.on(
      .post, path, for: revisers, body: .json(limit: bodyBytes), handler: revise(desk, lookup))
    routes.on(.get, path, for: .reader, handler: list(desk.reader))
  }

  private static func revise(_ desk: SnapshotDesk, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let draft = try RevisionDraft(reading: exchange)
      let before = try await desk.reader.asked(in: exchange)
      let (revision, isReplay) = try made(
        await desk.revisions.revise(before.id, by: draft, for: caller.actor), of: before)
      try await lookup.learnNames(of: CollectionOfOne(revision.plan.board.pointType))
      var json = JSONWriter(reservingCapacity: 1_024)
      json.snapshot(revision, lookup.catalog)
      var response = HTTPResponse.json(json.finish(), status: .created)
      response.fields.append(ResponseField("Location", "/points/snapshots/\(revision.id)"))
      if isReplay { response.fields.append(.replayed) }
      return response
    }
  }

  /// The revision, and whether it was there already.
  private static func made(
    _ outcome: SnapshotRevising.Outcome, of before: Snapshot
  ) throws(Problem) -> (Snapshot, Bool) {
    switch outcome {
    case .revised(let revision): return (revision, false)
    case .replayed(let revision): return (revision, true)
    case .superseded(let newest):
      throw Problem(
        .snapshotRevised, "The snapshot was revised already. The newest revision is \(newest.id).",
        members: [.text("newestId", newest.id.description)])
    case .unreadable(let snapshot):
      _ = try snapshot.readable
      throw Problem(.snapshotNotComplete, "The snapshot is being taken.")
    case .unknown(let users):
      let named = users.prefix(10).map(\.text).joined(separator: ", ")
      let rest = users.count > 10 ? " and \(users.count - 10) more" : ""
      throw Problem(
        .notInSnapshot, "Not in the snapshot: \(named)\(rest). Nothing was done.",
        members: [.texts("users", users.map(\.text))])
    case .nothingToChange:
      throw Problem(.nothingToRevise, "The snapshot has these scores already. Nothing was done.")
    case .notFound: throw Problem(.notFound, "There is no such snapshot.")
    }
  }

  /// The newest first, down to the original, whichever of the line was asked for.
  private static func list(_ reader: SnapshotReader) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let most = Int64(SnapshotReader.revisionsMax)
      let limit = Int(try query.integer("limit", in: 1...most, otherwise: most))
      let cursor = try query.optionalCursor()
      try query.finish()
      let asked = try await reader.asked(in: exchange)
      let question = ["revisions", asked.plan.original.description]
      let below =
        try cursor.map { text throws(Problem) in try PageCursor.number(in: text, of: question) } ?? .max
      let (newest, line) = try await Problem.explaining { () async throws(PostgresError) in
        (
          try await reader.newest(of: asked),
          try await reader.revisions(of: asked, below: below, limit: limit)
        )
      }
      var json = JSONWriter(reservingCapacity: 512 + line.reduce(0) { $0 + 512 + 128 * $1.changes.count })
      json.object {
        $0.field("originalId", asked.plan.original)
        $0.field("newestId", newest.id)
        $0.arrayField("revisions") { for revision in line { $0.revision(revision) } }
        let last = line.count == limit ? line.last?.snapshot.plan.revision : nil
        $0.field(
          "nextCursor", orNull: last.map { PageCursor([UInt64(UInt32(bitPattern: $0))], of: question).text })
      }
      return .json(json.finish())
    }
  }
}
