// The routes of terms of rewards: by what the rules of a scope are applied.
import HTTPServer
import JSON
import Ledger
package import LedgerStore
import PostgresClient
import Rewards

package enum RewardTermsRoutes {
  private static let path = "/points/reward-terms"
  private static let bodyBytes = 64 * 1024

  package static func add(
    to routes: inout GuardedRoutes, terms: RewardTermsStore, reader: RewardReader, snapshots: SnapshotReader,
    lookup: PointTypeLookup
  ) {
    routes.on(.get, path, for: .service, handler: list(reader, snapshots, lookup))
    routes.on(
      .put, path, for: .admin, body: .json(limit: bodyBytes), handler: set(terms, snapshots, lookup))
    routes.on(.delete, path, for: .admin, handler: remove(terms, snapshots, lookup))
  }

  /// Those that scopes have of their own, at an instant, or now.
  private static func list(
    _ reader: RewardReader, _ snapshots: SnapshotReader, _ lookup: PointTypeLookup
  ) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let place = try RewardPlace(&query)
      let instant = try query.optionalInstant("at")
      try query.finish()
      let filter = try await place.filter(lookup, among: snapshots)
      let terms = try await Problem.explaining { () async throws(PostgresError) in
        try await reader.terms(of: filter.pointType, boards: filter.boards, at: instant)
      }
      try await lookup.learnNames(of: terms.held.flatMap(\.types))
      var json = JSONWriter(reservingCapacity: 64 + 512 * terms.held.count)
      json.object {
        $0.field("at", terms.instant)
        $0.arrayField("terms") { for one in terms.held { $0.terms(one, lookup.catalog) } }
      }
      return .json(json.finish())
    }
  }

  /// In the place of those that the scope had.
  private static func set(
    _ terms: RewardTermsStore, _ snapshots: SnapshotReader, _ lookup: PointTypeLookup
  ) -> CallerHandler {
    { exchange, caller throws(Problem) in
      try QueryReader(exchange).finish()
      let draft = try RewardTermsDraft(reading: exchange)
      let scope = try await draft.place.scope(lookup, among: snapshots)
      let traits = try await draft.traits(in: scope.scope, lookup)
      let outcome = try await Problem.explaining { () async throws(PostgresError) in
        try await terms.acting(for: caller.actor).set(traits, in: scope)
      }
      guard case .saved(let saved) = outcome else {
        throw Problem(.notFound, "A point type of the terms was deleted meanwhile.")
      }
      try await lookup.learnNames(of: saved.types)
      var json = JSONWriter(reservingCapacity: 512)
      json.terms(saved, lookup.catalog)
      return .json(json.finish())
    }
  }

  private static func remove(
    _ terms: RewardTermsStore, _ snapshots: SnapshotReader, _ lookup: PointTypeLookup
  ) -> CallerHandler {
    { exchange, caller throws(Problem) in
      var query = QueryReader(exchange)
      let place = try RewardPlace(&query)
      try query.finish()
      let scope = try await place.scope(lookup, among: snapshots).scope
      let wereThere = try await Problem.explaining { () async throws(PostgresError) in
        try await terms.acting(for: caller.actor).remove(scope)
      }
      guard wereThere else { throw Problem(.notFound, "There are no terms of this scope's own.") }
      return HTTPResponse(.noContent)
    }
  }
}

/// Terms as somebody sets them.
struct RewardTermsDraft {
  let place: RewardPlace
  private let ties: TiePolicy
  private let budgets: [NamedAmount]
  private let approval: RewardApproval
  private let isAutomatic: Bool

  init(reading exchange: HTTPExchange) throws(Problem) {
    var body = try RequestBody(exchange)
    place = try RewardPlace(&body)
    ties = try body.optionalWord("ties") ?? .best
    budgets = try body.optionalAmounts("budgets", count: 0...RewardTermsTraits.budgetsMax) ?? []
    approval = try body.optionalWord("approval") ?? .none
    isAutomatic = try body.optionalBool("automatic") ?? false
    try body.finish()
  }

  func traits(
    in scope: RewardScope, _ lookup: PointTypeLookup
  ) async throws(Problem) -> RewardTermsTraits {
    let terms = RewardTerms(ties: ties, budgets: try await lookup.amounts(budgets))
    let traits = RewardTermsTraits(
      terms, needsApproval: approval == .otherService, isAutomatic: isAutomatic)
    guard traits.isPossible(in: scope) else {
      throw .field("automatic", "is for a board: name one in \"board\"")
    }
    return traits
  }
}

/// Who must agree before somebody is paid.
enum RewardApproval: String, CaseIterable {
  case none
  /// A service that has not asked for it.
  case otherService = "other_service"

  init(_ isNeeded: Bool) {
    self = isNeeded ? .otherService : .none
  }
}

extension RequestBody {
  /// One of the words of the enumeration.
  fileprivate mutating func optionalWord<Words: RawRepresentable<String> & CaseIterable>(
    _ name: String
  ) throws(Problem) -> Words? {
    guard let text = try text(name) else { return nil }
    guard let word = Words(rawValue: text) else {
      throw problem(name, "must be \(Words.allCases.map(\.rawValue).joined(separator: " or "))")
    }
    return word
  }
}
