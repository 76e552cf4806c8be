// The routes by which snapshots are taken, listed and looked up.
import HTTPServer
import JSON
import Ledger
import LedgerStore
import PostgresClient

package enum SnapshotRoutes {
  private static let bodyBytes = 64 * 1024

  package static func add(to routes: inout GuardedRoutes, desk: SnapshotDesk, lookup: PointTypeLookup) {
    routes.on(
      .post, "/points/snapshots", for: .admin, body: .json(limit: bodyBytes), handler: take(desk, lookup))
    routes.on(.get, "/points/snapshots", for: .reader, handler: list(desk.reader, lookup))
    routes.on(.get, "/points/snapshots/{id}", for: .reader, handler: get(desk.reader, lookup))
    routes.on(
      .patch, "/points/snapshots/{id}", for: .admin, body: .json(limit: bodyBytes),
      handler: keep(desk, lookup))
    RevisionRoutes.add(to: &routes, desk: desk, lookup: lookup)
    SnapshotEntryRoutes.add(to: &routes, reader: desk.reader, lookup: lookup)
    RankHistoryRoutes.add(to: &routes, reader: desk.reader, lookup: lookup)
  }

  /// 201 with the snapshot, or 202 if it is not complete yet.
  private static func take(_ desk: SnapshotDesk, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let draft = try SnapshotDraft(reading: exchange, of: caller.service)
      let board = try await draft.choice.find(lookup, among: desk.reader)
      let known = try await desk.snapshot(draft.id)
      if let known {
        if let field = draft.fieldBesides(known, of: board.ofType) {
          throw Problem(
            .duplicateTransaction, "Another snapshot was asked for with this idempotency key.",
            members: [.text("field", field)])
        }
        switch known.state {
        case .complete, .expired: return try await response(known, lookup, isReplay: true)
        case .building where known.isBeingRead: return try await response(known, lookup)
        case .building, .failed: return try await response(desk.take(known.plan), lookup)
        }
      }
      return try await response(desk.take(draft.plan(of: board)), lookup)
    }
  }

  private static func response(
    _ snapshot: Snapshot, _ lookup: PointTypeLookup, isReplay: Bool = false
  ) async throws(Problem) -> HTTPResponse {
    var json = JSONWriter(reservingCapacity: 1_024)
    json.snapshot(snapshot, lookup.catalog)
    let isThere =
      switch snapshot.state {
      case .complete, .expired: true
      case .building, .failed: false
      }
    var response = HTTPResponse.json(json.finish(), status: isThere ? .created : .accepted)
    response.fields.append(ResponseField("Location", "/points/snapshots/\(snapshot.id)"))
    if isReplay { response.fields.append(.replayed) }
    return response
  }

  /// The last begun first.
  private static func list(_ reader: SnapshotReader, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let choice = try SnapshotChoice(&query)
      let limit = Int(try query.integer("limit", in: 1...1_000, otherwise: 25))
      let cursor = try query.optionalCursor()
      try query.finish()
      let board = choice.isGiven ? try await choice.find(lookup, among: reader).ofType : nil
      let named = choice.pointType
      let type = board == nil && named != nil ? try await lookup.type(named).id : board?.pointType
      let question = ["snapshots", type?.description ?? "", board?.key.text ?? ""]
      let before = try cursor.map { text throws(Problem) in try number(text, of: question) }
      let page = try await Problem.explaining { () async throws(PostgresError) in
        try await reader.list(of: type, board: board?.key, before: before, limit: limit)
      }
      try await lookup.learnNames(of: page.map(\.plan.board.pointType))
      var json = JSONWriter(reservingCapacity: 128 + 1_024 * page.count)
      json.object {
        $0.arrayField("snapshots") { for snapshot in page { $0.snapshot(snapshot, lookup.catalog) } }
        let last = page.count == limit ? page.last : nil
        $0.field(
          "nextCursor",
          orNull: last.map { PageCursor([UInt64(UInt32(bitPattern: $0.number.value))], of: question).text })
      }
      return .json(json.finish())
    }
  }

  private static func number(_ cursor: String, of question: [String]) throws(Problem) -> SnapshotNumber {
    guard let numbers = PageCursor.numbers(1, in: cursor, of: question),
      let number = Int32(exactly: numbers[0])
    else { throw .strangeCursor }
    return SnapshotNumber(number)
  }

  /// Says anew until when it is kept; null is for ever.
  private static func keep(_ desk: SnapshotDesk, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      var body = try RequestBody(exchange)
      guard body.has("keepUntil") else { throw .field("keepUntil", "is required: an instant, or null") }
      let until = try body.optionalInstant("keepUntil")
      try body.finish()
      guard until.map({ $0 > .now }) ?? true else { throw .field("keepUntil", "must lie in the future") }
      let id = try await desk.reader.asked(in: exchange).id
      let isKept = try await Problem.explaining { () async throws(PostgresError) in
        try await desk.retention.keep(id, until: until, by: caller.actor)
      }
      guard isKept, let kept = try await desk.snapshot(id) else {
        throw Problem(.snapshotExpired, "The snapshot was kept for as long as it was to be.")
      }
      try await lookup.learnNames(of: [kept.plan.board.pointType])
      var json = JSONWriter(reservingCapacity: 1_024)
      json.snapshot(kept, lookup.catalog)
      return .json(json.finish())
    }
  }

  private static func get(_ reader: SnapshotReader, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      let snapshot = try await reader.asked(in: exchange)
      try await lookup.learnNames(of: CollectionOfOne(snapshot.plan.board.pointType))
      var json = JSONWriter(reservingCapacity: 1_024)
      json.snapshot(snapshot, lookup.catalog)
      return .json(json.finish())
    }
  }
}

extension SnapshotReader {
  /// The snapshot that the path names, of whatever state. What is no id names nothing.
  func asked(in exchange: HTTPExchange) async throws(Problem) -> Snapshot {
    try await find(try exchange.path("id"))
  }

  func find(_ text: String) async throws(Problem) -> Snapshot {
    guard let id = SnapshotID(text: text) else { throw Self.nothingThere }
    let found = try await Problem.explaining { () async throws(PostgresError) in try await snapshot(id) }
    guard let found else { throw Self.nothingThere }
    return found
  }

  private static var nothingThere: Problem { Problem(.notFound, "There is no such snapshot.") }
}

extension Snapshot {
  /// Whether somebody may still be reading the mirror for it: beginning again would take from under him what
  /// he has read. One of the ledger has a lock for that.
  fileprivate var isBeingRead: Bool {
    plan.source == .live && Instant.now.microseconds - beganAt.microseconds < 600_000_000
  }

  /// What can be read of it, or why nothing can.
  var readable: Snapshot {
    get throws(Problem) {
      switch state {
      case .complete: return self
      case .building: throw Problem(.snapshotNotComplete, "The snapshot is being taken.")
      case .failed(let reason):
        throw Problem(.snapshotNotComplete, "The snapshot could not be taken: \(reason)")
      case .expired: throw Problem(.snapshotExpired, "The snapshot was kept for as long as it was to be.")
      }
    }
  }
}
