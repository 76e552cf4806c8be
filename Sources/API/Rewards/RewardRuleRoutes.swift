// The routes of rules of rewards.
import HTTPServer
import JSON
import Ledger
package import LedgerStore
import PostgresClient
import Rewards

package enum RewardRuleRoutes {
  private static let path = "/points/reward-rules"
  private static let bodyBytes = 64 * 1024

  package static func add(
    to routes: inout GuardedRoutes, rules: RewardRuleStore, reader: RewardReader, snapshots: SnapshotReader,
    lookup: PointTypeLookup
  ) {
    routes.on(.get, path, for: .service, handler: list(reader, snapshots, lookup))
    routes.on(
      .post, path, for: .admin, body: .json(limit: bodyBytes), handler: create(rules, snapshots, lookup))
    routes.on(.get, path + "/{id}", for: .service, handler: get(reader, lookup))
    routes.on(
      .patch, path + "/{id}", for: .admin, body: .json(limit: bodyBytes), handler: update(rules, lookup))
    routes.on(.delete, path + "/{id}", for: .admin, handler: remove(rules))
    routes.on(.get, path + "/{id}/versions", for: .service, handler: versions(reader, lookup))
  }

  // MARK: Reading

  /// What held at an instant, or holds.
  private static func list(
    _ reader: RewardReader, _ snapshots: SnapshotReader, _ lookup: PointTypeLookup
  ) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let place = try RewardPlace(&query)
      let isActive = try query.optionalBool("active")
      let instant = try query.optionalInstant("at")
      try query.finish()
      let filter = try await place.filter(lookup, among: snapshots)
      let rules = try await Problem.explaining { () async throws(PostgresError) in
        try await reader.rules(of: filter.pointType, boards: filter.boards, active: isActive, at: instant)
      }
      try await lookup.learnNames(of: rules.held.flatMap(\.types))
      var json = JSONWriter(reservingCapacity: 64 + 512 * rules.held.count)
      json.object {
        $0.field("at", rules.instant)
        $0.arrayField("rules") { for rule in rules.held { $0.rule(rule, lookup.catalog) } }
      }
      return .json(json.finish())
    }
  }

  private static func get(_ reader: RewardReader, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let instant = try query.optionalInstant("at")
      try query.finish()
      let id = try id(exchange)
      let found = try await Problem.explaining { () async throws(PostgresError) in
        try await reader.rule(id, at: instant)
      }
      guard let found else { throw Self.nothingThere }
      return try await response(found, lookup)
    }
  }

  /// The newest first.
  private static func versions(_ reader: RewardReader, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let limit = try query.integer("limit", in: 1...RewardReader.versionsMax, otherwise: 25)
      let before = try query.optionalInteger("before", in: 1...Int64(Int32.max))
      try query.finish()
      let id = try id(exchange)
      let found = try await Problem.explaining { () async throws(PostgresError) in
        try await reader.versions(of: id, before: Int32(clamping: before ?? .max), limit: limit)
      }
      guard !found.isEmpty || before != nil else { throw Self.nothingThere }
      try await lookup.learnNames(of: found.flatMap(\.types))
      let last = found.last.flatMap { $0.revision > 1 && found.count == limit ? $0.revision : nil }
      var json = JSONWriter(reservingCapacity: 64 + 512 * found.count)
      json.object {
        $0.arrayField("versions") { for rule in found { $0.rule(rule, lookup.catalog) } }
        $0.field("nextBefore", orNull: last.map { Int64($0) })
      }
      return .json(json.finish())
    }
  }

  // MARK: Changing

  private static func create(
    _ rules: RewardRuleStore, _ snapshots: SnapshotReader, _ lookup: PointTypeLookup
  ) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let draft = try RewardRuleDraft(creating: exchange)
      let scope = try await draft.place.scope(lookup, among: snapshots)
      let traits = try await draft.traits(lookup)
      let outcome = try await Problem.explaining { () async throws(PostgresError) in
        try await rules.acting(for: caller.actor).create(traits, in: scope)
      }
      return try await answer(outcome, lookup, status: .created)
    }
  }

  private static func update(_ rules: RewardRuleStore, _ lookup: PointTypeLookup) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let edit = try await RewardRuleChange(reading: exchange).resolved(lookup)
      let id = try id(exchange)
      let outcome = try await Problem.explaining { () async throws(PostgresError) in
        try await rules.acting(for: caller.actor).update(id, edit)
      }
      return try await answer(outcome, lookup, status: .ok)
    }
  }

  /// What it said stays to be read.
  private static func remove(_ rules: RewardRuleStore) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let id = try id(exchange)
      let wasThere = try await Problem.explaining { () async throws(PostgresError) in
        try await rules.acting(for: caller.actor).remove(id)
      }
      guard wasThere else { throw Self.nothingThere }
      return HTTPResponse(.noContent)
    }
  }

  // MARK: Parts

  private static func answer(
    _ outcome: RewardRuleSaving, _ lookup: PointTypeLookup, status: HTTPStatus
  ) async throws(Problem) -> HTTPResponse {
    switch outcome {
    case .saved(let rule, let gaps):
      return try await response(rule, lookup, warnings: gaps, status: status)
    case .overlaps(let overlaps): throw .overlapping(overlaps)
    case .tooMany(let most, let isOfScope):
      throw Problem(
        .tooManyRewardRules,
        "There are \(most) rules\(isOfScope ? " of this scope" : ""), which is as many as there may be.")
    case .impossible:
      throw Problem(
        .validationFailed, "With the change the rule would reach nobody, or it does not say what it gives.")
    case .notFound: throw Self.nothingThere
    case .typeGone: throw Problem(.notFound, "A point type of the rule was deleted meanwhile.")
    }
  }

  /// With warnings only where something was saved.
  private static func response(
    _ rule: RewardRuleVersion, _ lookup: PointTypeLookup, warnings: [RewardCoverage.Gap]? = nil,
    status: HTTPStatus = .ok
  ) async throws(Problem) -> HTTPResponse {
    try await lookup.learnNames(of: rule.types)
    var json = JSONWriter(reservingCapacity: 512)
    json.rule(rule, lookup.catalog, warnings: warnings)
    return .json(json.finish(), status: status)
  }

  private static func id(_ exchange: HTTPExchange) throws(Problem) -> RewardRuleID {
    guard let id = RewardRuleID(text: try exchange.path("id")) else { throw nothingThere }
    return id
  }

  private static var nothingThere: Problem { Problem(.notFound, "There is no such rule.") }
}
