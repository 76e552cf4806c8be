// The private Postgres and Redis below the service, as durable as in production.
internal import EmbeddedServers

final class Stores {
  let servers: EmbeddedServers

  init() throws(BenchmarkError) {
    do throws(EmbeddedServersError) {
      // Redis also on a port, because its own benchmark measures it there.
      servers = try EmbeddedServers.start(
        EmbeddedOptions(place: .temporary, durability: .full, listensOnLoopback: true))
    } catch {
      throw .servers(error)
    }
  }

  var postgresID: Int32 {
    get throws(BenchmarkError) { try Self.running("Postgres", servers.postgres.processID) }
  }

  var redisID: Int32 {
    get throws(BenchmarkError) { try Self.running("Redis", servers.redis.processID) }
  }

  /// A database of the private Postgres.
  func database(_ name: String) -> DatabaseTool {
    let place = "host=\(servers.postgres.socketDirectory)&port=\(servers.postgres.port)&user=points"
    return DatabaseTool(connectionURL: "postgresql:///\(name)?\(place)")
  }

  var ledger: DatabaseTool { DatabaseTool(connectionURL: servers.postgres.connectionURL) }

  /// What Redis says of itself: the value behind that name in that section of INFO.
  func redisFact(
    _ name: String, of section: String, heeding interruption: Interruption
  ) throws(BenchmarkError) -> Substring {
    let command = [try InstalledTool.redisClient.find(), "-s", servers.redis.socketPath, "INFO", section]
    let environment = servers.redis.password.map { ["REDISCLI_AUTH": $0] } ?? [:]
    let child = try ChildProgram("redis-cli", command: command, environment: environment)
    let said = try child.finish(within: .seconds(10), heeding: interruption)
    guard let line = said.split(whereSeparator: \.isNewline).first(where: { $0.hasPrefix("\(name):") })
    else { throw .unreadable(what: "what Redis says of itself", text: said) }
    return line.dropFirst(name.count + 1)
  }

  private static func running(_ program: String, _ id: Int?) throws(BenchmarkError) -> Int32 {
    guard let id = id.flatMap({ Int32(exactly: $0) }) else {
      throw .ended(program: program, lastWords: "")
    }
    return id
  }

  func stop() {
    servers.stop()
  }
}
