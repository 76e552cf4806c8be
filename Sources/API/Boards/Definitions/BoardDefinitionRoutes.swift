// The routes by which boards are defined.
import Boards
import HTTPServer
import JSON
import Ledger
package import LedgerStore
import PostgresClient

package enum BoardDefinitionRoutes {
  static let bodyBytes = 256 * 1024

  /// `categories` are those for which a board may have one of its own.
  package static func add(
    to routes: inout GuardedRoutes, registry: BoardRegistry, lookup: PointTypeLookup, categories: [String]
  ) {
    routes.on(.get, "/points/boards", for: .reader, handler: list(lookup))
    routes.on(
      .post, "/points/boards", for: .admin, body: .json(limit: bodyBytes),
      handler: create(registry, lookup, categories))
    routes.on(.get, "/points/boards/{nameOrId}", for: .reader, handler: get(lookup))
    routes.on(
      .patch, "/points/boards/{nameOrId}", for: .admin, body: .json(limit: bodyBytes),
      handler: rename(registry, lookup))
    routes.on(.delete, "/points/boards/{nameOrId}", for: .admin, handler: remove(registry, lookup))
  }

  private static func list(_ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let wanted = try query.optionalString("pointType", bytes: PointTypeLookup.nameBytesMax)
      try query.finish()
      try await lookup.refresh()
      let type = wanted == nil ? nil : try await lookup.type(wanted).id
      let boards = lookup.catalog.boards.all.filter { type == nil || $0.definition.pointType == type }
      return response(boards, lookup)
    }
  }

  private static func get(_ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      try await lookup.refresh()
      return response(try await lookup.board(try exchange.path("nameOrId")), lookup)
    }
  }

  private static func create(
    _ registry: BoardRegistry, _ lookup: PointTypeLookup, _ categories: [String]
  ) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let draft = try BoardDraft(reading: exchange)
      let type = try await lookup.type(draft.pointType)
      guard !draft.eachCategory || !categories.isEmpty else {
        throw .impossibleBoard("eachCategory", "needs categories: they are set by POINTS_CATEGORIES")
      }
      let outcome = try await PointTypeRoutes.changing { () async throws(PostgresError) in
        try await registry.acting(for: caller.actor).create(
          draft.name, of: type.id, draft.traits, categories: draft.eachCategory ? categories : [],
          seasons: draft.seasons)
      }
      guard case .created(let boards) = outcome, let board = boards.first else {
        throw Problem(outcome, draft, type)
      }
      return response(board, lookup, status: .created)
    }
  }

  private static func rename(_ registry: BoardRegistry, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      var body = try RequestBody(exchange)
      let board = try await lookup.board(try exchange.path("nameOrId"))
      var traits = board.definition.traits
      if body.has("displayName") {
        traits.displayName = try body.string(
          "displayName", bytes: BoardTraits.displayNameBytesMax, singleLine: true)
      }
      if body.has("description") {
        traits.description = try body.optionalString("description", bytes: BoardTraits.descriptionBytesMax)
      }
      try body.finish()
      let (id, name, description) = (board.definition.id, traits.displayName, traits.description)
      let outcome = try await PointTypeRoutes.changing { () async throws(PostgresError) in
        try await registry.acting(for: caller.actor).rename(id, displayName: name, description: description)
      }
      guard case .changed(let changed) = outcome else { throw gone(board) }
      return response(changed, lookup)
    }
  }

  private static func remove(_ registry: BoardRegistry, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let board = try await lookup.board(try exchange.path("nameOrId"))
      let wasThere = try await PointTypeRoutes.changing { () async throws(PostgresError) in
        try await registry.acting(for: caller.actor).remove(board.definition.id)
      }
      guard wasThere else { throw gone(board) }
      return HTTPResponse(.noContent)
    }
  }

  // MARK: Parts

  static func gone(_ board: DefinedBoard) -> Problem {
    Problem(.notFound, "There is no board \"\(board.definition.name)\" any more.")
  }

  private static func response(
    _ board: DefinedBoard, _ lookup: PointTypeLookup, status: HTTPStatus = .ok
  ) -> HTTPResponse {
    var json = JSONWriter(reservingCapacity: 1_024)
    json.board(board, typeName: lookup.typeName(of: board))
    return .json(json.finish(), status: status)
  }

  private static func response(_ boards: [DefinedBoard], _ lookup: PointTypeLookup) -> HTTPResponse {
    var json = JSONWriter(reservingCapacity: 64 + 1_024 * boards.count)
    json.object {
      $0.arrayField("boards") {
        for board in boards { $0.board(board, typeName: lookup.typeName(of: board)) }
      }
    }
    return .json(json.finish())
  }
}

extension Problem {
  fileprivate init(_ outcome: BoardCreation, _ draft: BoardDraft, _ type: PointType) {
    switch outcome {
    case .created, .nameTaken:
      self.init(.boardExists, "There is a board \"\(draft.name)\" already.")
    case .typeGone: self.init(.notFound, "There is no point type \"\(type.name)\" any more.")
    case .unknownZone:
      self = .impossibleBoard(
        "timeZone", "must be the name of a time zone that is known here, such as Europe/Berlin")
    case .tooMany:
      self.init(
        .tooManyBoards,
        "The point type \"\(type.name)\" would have more than \(BoardRegistry.boardsMax) boards.")
    case .overlappingSeasons:
      self = .impossibleBoard("seasons", "must not reach into each other, nor have one label")
    }
  }
}
