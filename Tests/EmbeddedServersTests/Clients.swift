// The servers' own command-line clients: they judge our servers without a line of our code in between.

@testable import EmbeddedServers

enum Clients {
  static func psql(_ connectionURL: String, _ statement: String) throws -> String {
    let arguments = ["-X", "-w", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", connectionURL, "-c", statement]
    return try trimmed(Tool(program: "/usr/bin/psql", arguments: arguments).run(until: .now + .seconds(30)))
  }

  static func redis(_ redis: EmbeddedRedis, _ command: [String]) throws -> String {
    try run(redis, place: ["-s", redis.socketPath], command)
  }

  static func redisOverLoopback(_ redis: EmbeddedRedis, _ command: [String]) throws -> String {
    try run(redis, place: ["-h", "127.0.0.1", "-p", "\(redis.port ?? 0)"], command)
  }

  private static func run(_ redis: EmbeddedRedis, place: [String], _ command: [String]) throws -> String {
    let login = redis.password.map { ["--no-auth-warning", "-a", $0] } ?? []
    let tool = Tool(program: "/usr/bin/redis-cli", arguments: place + login + command)
    return try trimmed(tool.run(until: .now + .seconds(30)))
  }

  private static func trimmed(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: "\n")
  }
}
