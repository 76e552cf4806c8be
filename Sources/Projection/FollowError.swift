// Why a round of following, or a rebuild, came to nothing. The next round begins anew; nothing needs to be
// undone.
package import BoardStore
package import PostgresClient

package enum FollowError: Error, Sendable, Equatable, CustomStringConvertible {
  case ledger(PostgresError)
  case mirror(MirrorUnavailable)
  /// Somebody else holds the lease by now, or Redis was reconnected in the middle.
  case interrupted(String)

  package var description: String {
    switch self {
    case .ledger(let error): "Postgres: \(error)"
    case .mirror(let reason): "Redis: \(reason)"
    case .interrupted(let sentence): sentence
    }
  }
}

/// Runs a question to the ledger.
func asking<Value>(
  _ body: () async throws(PostgresError) -> Value
) async throws(FollowError) -> Value {
  do throws(PostgresError) { return try await body() } catch { throw .ledger(error) }
}

/// Runs a step on the mirrors.
func mirroring<Value>(
  _ body: () async throws(MirrorUnavailable) -> Value
) async throws(FollowError) -> Value {
  do throws(MirrorUnavailable) { return try await body() } catch { throw .mirror(error) }
}
