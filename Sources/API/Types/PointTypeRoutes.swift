// The routes of point types. Reading routes look whether anything has changed first: an admin who changed a
// type by way of one worker reads it back by way of another.
import HTTPServer
import JSON
import Ledger
package import LedgerStore
import PostgresClient

package enum PointTypeRoutes {
  private static let bodyBytes = 64 * 1024

  package static func add(
    to routes: inout GuardedRoutes, types: PointTypeStore, lookup: PointTypeLookup
  ) {
    routes.on(.get, "/points/types", for: .service, handler: list(lookup))
    routes.on(
      .post, "/points/types", for: .admin, body: .json(limit: bodyBytes), handler: create(types))
    routes.on(.get, "/points/types/{nameOrId}", for: .service, handler: get(lookup))
    routes.on(
      .patch, "/points/types/{nameOrId}", for: .admin, body: .json(limit: bodyBytes),
      handler: update(types, lookup))
    routes.on(.delete, "/points/types/{nameOrId}", for: .admin, handler: delete(types, lookup))
  }

  private static func list(_ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      try await lookup.refresh()
      let types = lookup.catalog.all
      var json = JSONWriter(reservingCapacity: 64 + 512 * types.count)
      json.object {
        $0.arrayField("types") { for type in types { $0.pointType(type) } }
      }
      return .json(json.finish())
    }
  }

  private static func get(_ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      try QueryReader(exchange).finish()
      try await lookup.refresh()
      return response(try await lookup.type(try exchange.path("nameOrId")))
    }
  }

  private static func create(_ types: PointTypeStore) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let draft = try PointTypeDraft(creating: exchange)
      let outcome = try await changing { () async throws(PostgresError) in
        try await types.acting(for: caller.actor).create(draft.name, draft.traits)
      }
      switch outcome {
      case .created(let type): return response(type, status: .created)
      case .nameTaken:
        throw Problem(.typeExists, "There is a point type \"\(draft.name)\" already.")
      }
    }
  }

  private static func update(_ types: PointTypeStore, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let change = try PointTypeChange(reading: exchange)
      let type = try await lookup.type(try exchange.path("nameOrId"))
      let outcome = try await changing { () async throws(PostgresError) in
        try await types.acting(for: caller.actor).update(type.id) { change.apply(to: &$0) }
      }
      switch outcome {
      case .updated(let type): return response(type)
      case .boundsCross: throw PointTypeDraft.boundsCross
      case .notFound: throw gone(type)
      }
    }
  }

  private static func delete(_ types: PointTypeStore, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let type = try await lookup.type(try exchange.path("nameOrId"))
      let outcome = try await changing { () async throws(PostgresError) in
        try await types.acting(for: caller.actor).delete(type.id)
      }
      switch outcome {
      case .deleted: return HTTPResponse(.noContent)
      case .inUse:
        throw Problem(
          .typeInUse,
          """
          There are accounts of the point type "\(type.name)", or boards of it were defined; it can be \
          disabled instead.
          """
        )
      case .rewarded:
        throw Problem(
          .typeRewarded,
          """
          Rewards are given of the point type "\(type.name)", or for ranks of it, or once were, which is \
          kept for good; it can be disabled instead.
          """
        )
      case .notFound: throw gone(type)
      }
    }
  }

  // MARK: Parts

  /// Whoever writes all the time can keep a change of the definitions waiting; it is tried again, not blamed.
  static func changing<Value>(
    _ change: () async throws(PostgresError) -> Value
  ) async throws(Problem) -> Value {
    do throws(PostgresError) { return try await change() } catch {
      guard error.state == .lockNotAvailable else { throw Problem(explaining: error) }
      throw Problem(
        .overloaded, "Postings that are under way keep the definitions as they are. Nothing was done.",
        fields: [.retrySoon])
    }
  }

  private static func gone(_ type: PointType) -> Problem {
    Problem(.notFound, "There is no point type \"\(type.name)\" any more.")
  }

  private static func response(_ type: PointType, status: HTTPStatus = .ok) -> HTTPResponse {
    var json = JSONWriter(reservingCapacity: 512)
    json.pointType(type)
    return .json(json.finish(), status: status)
  }
}

extension JSONWriter {
  mutating func pointType(_ type: PointType) {
    object {
      $0.field("id", type.id)
      $0.field("name", type.name)
      $0.field("displayName", type.displayName)
      $0.field("description", orNull: type.description)
      $0.field("enabled", type.isEnabled)
      $0.field("minAmount", orNull: type.minAmount)
      $0.field("maxAmount", orNull: type.maxAmount)
      $0.field("createdAt", type.createdAt)
      $0.field("updatedAt", type.updatedAt)
    }
  }
}

extension HTTPExchange {
  /// A parameter of the path.
  func path(_ name: String) throws(Problem) -> String {
    do throws(RequestError) { return try parameters.string(name) } catch { throw Problem(error) }
  }
}
