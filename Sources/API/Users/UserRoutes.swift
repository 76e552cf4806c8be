// The routes of users: what a caller says about them beside points.
import HTTPServer
import JSON
package import Ledger
package import LedgerStore
import PostgresClient

package enum UserRoutes {
  private static let bodyBytes = 64 * 1024

  /// `project` shows Redis the accounts of a user whose name has changed; if that fails the follower does it.
  package static func add(
    to routes: inout GuardedRoutes, users: UserStore,
    project: @escaping @Sendable ([NamedAccount]) async -> Void
  ) {
    routes.on(
      .put, "/points/users/{userId}", for: .admin, body: .json(limit: bodyBytes),
      handler: { exchange, caller throws(Problem) in
        try QueryReader(exchange).finish()
        let user = try exchange.user()
        let traits = try UserTraits(reading: exchange)
        let put = try await Problem.explaining { () async throws(PostgresError) in
          try await users.acting(for: caller.actor).put(user, traits)
        }
        if !put.changedAccounts.isEmpty { await project(put.changedAccounts) }
        return response(put.user, status: put.isNew ? .created : .ok)
      })
    routes.on(
      .get, "/points/users/{userId}", for: .service,
      handler: { exchange, _ throws(Problem) in
        try QueryReader(exchange).finish()
        let user = try exchange.user()
        let found = try await Problem.explaining { () async throws(PostgresError) in try await users.get(user)
        }
        guard let found else { throw Problem(.notFound, "There is no such user.") }
        return response(found)
      })
  }

  private static func response(_ user: UserRecord, status: HTTPStatus = .ok) -> HTTPResponse {
    var json = JSONWriter(reservingCapacity: 512)
    json.object {
      $0.field("userId", user.id)
      $0.field("displayName", orNull: user.traits.displayName)
      $0.field("enabled", user.traits.isEnabled)
      $0.field("metadata", rawOrNull: user.traits.metadata.map { Array($0.utf8) })
      $0.field("createdAt", user.createdAt)
      $0.field("updatedAt", user.updatedAt)
    }
    return .json(json.finish(), status: status)
  }
}

extension UserTraits {
  /// All of what is known of a user: what is not said is not kept.
  fileprivate init(reading exchange: HTTPExchange) throws(Problem) {
    var body = try RequestBody(exchange)
    let name = try body.optionalString("displayName", bytes: Self.displayNameBytesMax, singleLine: true)
    if name?.isEmpty ?? false { throw .field("displayName", "must not be empty; null means no name") }
    let isEnabled = try body.optionalBool("enabled") ?? true
    let metadata = try body.optionalObject("metadata", bytes: Self.metadataBytesMax)
    try body.finish()
    self.init(
      displayName: name, isEnabled: isEnabled,
      metadata: metadata.map { String(decoding: $0.compactBytes, as: UTF8.self) })
  }
}
