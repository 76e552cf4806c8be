// Why something could not be verified. That is no finding: it is neither right nor wrong.
package import BoardStore
package import PostgresClient
import RedisClient

package enum VerificationError: Error, Sendable, Equatable, CustomStringConvertible {
  case ledger(PostgresError)
  case mirror(MirrorUnavailable)

  package var description: String {
    switch self {
    case .ledger(let error): "Postgres: \(error)"
    case .mirror(let reason): "Redis: \(reason)"
    }
  }

  /// Whether the ledger would perhaps have answered, with more time.
  var isTimeout: Bool {
    guard case .ledger(let error) = self else { return false }
    return error == .timedOut || error.state == .queryCanceled
  }

  /// Whether Redis was asked and has not answered.
  var isDelay: Bool { self == .mirror(.redis(.timedOut)) || self == .mirror(.redis(.connectionLost)) }

  /// Whether Redis does not answer, or came back so lately that nobody knows yet what it has.
  var isOutage: Bool {
    switch self {
    case .mirror(.redis(.closed)): false
    case .mirror(.redis), .mirror(.untrusted): true
    case .mirror, .ledger: false
    }
  }
}

/// Runs a question to the ledger.
func asking<Value>(
  _ body: () async throws(PostgresError) -> Value
) async throws(VerificationError) -> Value {
  do throws(PostgresError) { return try await body() } catch { throw .ledger(error) }
}

/// Runs a question to a mirror.
func mirroring<Value>(
  _ body: () async throws(MirrorUnavailable) -> Value
) async throws(VerificationError) -> Value {
  do throws(MirrorUnavailable) { return try await body() } catch { throw .mirror(error) }
}
