// What `points bench` measures beside /health: the way through Redis, and the way through Postgres. The echo
// routes go the same ways and show that every caller got his own answer. Only there with
// POINTS_BENCH_ENDPOINTS, for nobody else needs them.
package import HTTPServer
package import PostgresClient
package import RedisClient

package enum BenchRoutes {
  private static let key = Array("points:bench".utf8)

  package static func add(
    to router: inout Router<Endpoint>, redis: RedisClient, postgres: PostgresPool
  ) {
    addRedis(to: &router, redis)
    addPostgres(to: &router, postgres)
  }

  private static func addRedis(to router: inout Router<Endpoint>, _ redis: RedisClient) {
    router.on(
      .get, "/bench/redis",
      Endpoint { _ throws(Problem) in
        switch await redis.get(key) {
        case .value(let bytes): return .json(bytes)
        case .absent: return .json(Array("null".utf8))
        case .unavailable(let reason): throw Problem(reason)
        case .failed(let error): throw Problem(error)
        }
      })
    router.on(
      .get, "/bench/redis/{word}",
      Endpoint(produces: "text/plain") { exchange throws(Problem) in
        let word = try word(of: exchange)
        switch await redis.send(RedisCommand("ECHO", [Array(word.utf8)])) {
        case .value(let reply): return .text(String(decoding: reply.bytes ?? [], as: UTF8.self))
        case .absent: throw Problem(.internalError, "Redis echoed nothing.")
        case .unavailable(let reason): throw Problem(reason)
        case .failed(let error): throw Problem(error)
        }
      })
  }

  private static func addPostgres(to router: inout Router<Endpoint>, _ postgres: PostgresPool) {
    router.on(
      .get, "/bench/postgres",
      Endpoint { _ throws(Problem) in
        do throws(PostgresError) {
          let answer = try await postgres.first(PostgresPing())
          return .json(Array("\(answer ?? 0)".utf8))
        } catch {
          throw Problem(error)
        }
      })
    router.on(
      .get, "/bench/postgres/{word}",
      Endpoint(produces: "text/plain") { exchange throws(Problem) in
        let word = try word(of: exchange)
        do throws(PostgresError) {
          return .text(try await postgres.first(PostgresEcho(text: word)) ?? "")
        } catch {
          throw Problem(error)
        }
      })
  }

  private static func word(of exchange: HTTPExchange) throws(Problem) -> String {
    do throws(RequestError) {
      return try exchange.parameters.string("word")
    } catch {
      throw Problem(error)
    }
  }
}
