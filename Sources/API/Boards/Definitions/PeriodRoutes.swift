// The routes of a board's periods: what there are, and what admins do with them.
import Boards
import HTTPServer
import JSON
import Ledger
package import LedgerStore
import PostgresClient

package enum PeriodRoutes {
  private static let path = "/points/boards/{nameOrId}/periods"

  package static func add(
    to routes: inout GuardedRoutes, registry: BoardRegistry, lookup: PointTypeLookup
  ) {
    let body = Endpoint.Body.json(limit: BoardDefinitionRoutes.bodyBytes)
    routes.on(.get, path, for: .reader, handler: list(registry, lookup))
    routes.on(.post, path, for: .admin, body: body, handler: announce(registry, lookup))
    routes.on(
      .post, path + "/{label}/close", for: .admin, body: body,
      handler: move(registry, lookup, field: "at", isRequired: false))
    routes.on(
      .post, path + "/{label}/extend", for: .admin, body: body,
      handler: move(registry, lookup, field: "until", isRequired: true))
  }

  /// The newest first; the cursor is the number of the last one.
  private static func list(_ registry: BoardRegistry, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let limit = try query.integer("limit", in: 1...1_000, otherwise: 25)
      let category = try query.optionalString("category", bytes: 64) ?? ""
      let cursor = try query.optionalString("cursor", bytes: 20)
      let begunOnly = try query.optionalBool("begun") ?? false
      try query.finish()
      let before = try cursor.map { text throws(Problem) in try Self.number(text) } ?? .max
      let board = try await lookup.board(try exchange.path("nameOrId"), category: category)
      let periods = try await Problem.explaining { () async throws(PostgresError) in
        try await registry.periods(
          of: board.definition.id, before: before, limit: limit, begunOnly: begunOnly)
      }
      var json = JSONWriter(reservingCapacity: 128 + 256 * periods.count)
      json.object {
        $0.field("board", board.definition.name)
        $0.arrayField("periods") { for period in periods { $0.period(period) } }
        let next = periods.count == Int(limit) ? periods.last.map { "\($0.number)" } : nil
        $0.field("cursor", orNull: next)
      }
      return .json(json.finish())
    }
  }

  private static func number(_ cursor: String) throws(Problem) -> Int64 {
    guard let number = Int64(cursor) else {
      throw Problem(
        .validationFailed, "The parameter \"cursor\" is not one that a page of periods gave.",
        members: [.text("field", "cursor")])
    }
    return number
  }

  private static func announce(_ registry: BoardRegistry, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      var query = QueryReader(exchange)
      let category = try query.optionalString("category", bytes: 64) ?? ""
      try query.finish()
      var body = try RequestBody(exchange)
      let season = try Season(reading: &body)
      try body.finish()
      let board = try await lookup.board(try exchange.path("nameOrId"), category: category)
      let outcome = try await PointTypeRoutes.changing { () async throws(PostgresError) in
        try await registry.acting(for: caller.actor).announce(season, on: board.definition.id)
      }
      return try response(outcome, board, status: .created)
    }
  }

  /// Ends a period earlier or later than it would. Nothing that was counted changes its place.
  private static func move(
    _ registry: BoardRegistry, _ lookup: PointTypeLookup, field: String, isRequired: Bool
  ) -> CallerHandler {
    { exchange, caller throws(Problem) in
      var query = QueryReader(exchange)
      let category = try query.optionalString("category", bytes: 64) ?? ""
      try query.finish()
      var body = try RequestBody(exchange)
      let end = try body.optionalInstant(field)
      try body.finish()
      guard end != nil || !isRequired else { throw .field(field, "is required: an instant") }
      let board = try await lookup.board(try exchange.path("nameOrId"), category: category)
      let label = try exchange.path("label")
      let outcome = try await PointTypeRoutes.changing { () async throws(PostgresError) in
        try await registry.acting(for: caller.actor).move(endOf: label, of: board.definition.id, to: end)
      }
      return try response(outcome, board, status: .ok)
    }
  }

  private static func response(
    _ outcome: PeriodChange, _ board: DefinedBoard, status: HTTPStatus
  ) throws(Problem) -> HTTPResponse {
    switch outcome {
    case .changed(let period):
      var json = JSONWriter(reservingCapacity: 512)
      json.period(period)
      return .json(json.finish(), status: status)
    case .notFound:
      throw Problem(.notFound, "There is no such period of the board \"\(board.definition.name)\".")
    case .notOpen: throw Problem(.periodClosed, "The period is closed, or being closed.")
    case .impossible(let why): throw Problem(.periodUnchangeable, "That cannot be done: \(why).")
    }
  }
}
