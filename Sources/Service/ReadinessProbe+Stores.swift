// How the stores are asked for a sign of life. A question that really goes there and back: a connection that
// stands proves nothing about the server behind it.
import API
import EventLoop
import LedgerStore
import PostgresClient
import RedisClient

extension ReadinessProbe {
  static func postgres(_ pool: PostgresPool, on loop: EventLoop) -> ReadinessProbe {
    ReadinessProbe("postgres", on: loop) {
      switch pool.health {
      case .notReady(let sentence), .unsupported(let sentence): return .failing(sentence)
      case .ready: break
      }
      do throws(PostgresError) {
        _ = try await pool.first(PostgresPing())
        return .ready
      } catch {
        return .failing(error.description)
      }
    }
  }

  /// The ledger is safe only from those who cannot change it: a service that could is not ready.
  static func ledger(_ pool: PostgresPool, on loop: EventLoop) -> ReadinessProbe {
    ReadinessProbe("ledger", on: loop) {
      guard case .ready = pool.health else { return .failing("Postgres does not serve") }
      do throws(PostgresError) {
        guard let powers = try await pool.first(DescribePowers()), powers.couldChangeTransactions else {
          return .ready
        }
        return .failing(
          "the role \(powers.role) could change transactions; points migrate takes that from it")
      } catch {
        return .failing(error.description)
      }
    }
  }

  static func redis(_ client: RedisClient, on loop: EventLoop) -> ReadinessProbe {
    ReadinessProbe("redis", on: loop) {
      switch client.health {
      case .unavailable(let sentence), .unsupported(let sentence): return .failing(sentence)
      case .ready: break
      }
      switch await client.ping() {
      case .value: return .ready
      case .absent: return .failing("Redis answered PING with something else")
      case .unavailable(let reason): return .failing(reason.description)
      case .failed(let error): return .failing("Redis refused PING: \(error)")
      }
    }
  }
}
