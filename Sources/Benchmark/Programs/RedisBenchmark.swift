// The yardstick of reading: redis-benchmark asking the same Redis for what a read of ours needs, one at a
// time on each of as many connections as our callers have.
private import EmbeddedServers

struct RedisBenchmark: Sendable {
  /// What is asked, and how the report of redis-benchmark calls it.
  enum Command: String, Sendable, Hashable {
    case get = "GET"
    case rank = "ZREVRANK board member:__rand_int__"
    case page = "ZREVRANGE board 0 99 WITHSCORES"

    var summary: String { "redis-benchmark -c \(Wrk.connections) \(rawValue)" }

    fileprivate var arguments: [String] {
      self == .get ? ["-t", "get"] : rawValue.split(separator: " ").map(String.init)
    }
  }

  /// An account as the mirror keeps it, without a name.
  private static let valueBytes = 72

  private let port: UInt16
  private let password: String
  private let keys: Int

  /// Fills a database beside that of the mirrors with what the commands ask for.
  init(
    on stores: Stores, keys: Int, _ commands: [Command], heeding interruption: Interruption
  ) throws(BenchmarkError) {
    guard let port = stores.servers.redis.port, let password = stores.servers.redis.password else {
      throw .ended(program: "Redis", lastWords: "it does not listen on a port")
    }
    (self.port, self.password, self.keys) = (port, password, keys)
    // So many random keys leave one in twenty out.
    let fill = ["-n", "\(3 * keys)", "-P", "64"]
    if commands.contains(.get) {
      _ = try run(["-t", "set", "-d", "\(Self.valueBytes)"] + fill, heeding: interruption)
    }
    if commands.contains(where: { $0 != .get }) {
      _ = try run(fill + ["ZADD", "board", "__rand_int__", "member:__rand_int__"], heeding: interruption)
    }
  }

  /// The bench of Redis ends after so many requests, not
  /// after so much time: a short run tells how many that are.
  func perSecond(
    _ command: Command, seconds: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) -> Double {
    let speed = try perSecond(command, requests: 5_000, heeding: interruption)
    return try perSecond(
      command, requests: max(5_000, Int(speed * Double(seconds))), heeding: interruption)
  }

  private func perSecond(
    _ command: Command, requests: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) -> Double {
    let said = try run(["-n", "\(requests)"] + command.arguments, heeding: interruption)
    return try RedisBenchmarkReport(said, about: command.rawValue).requestsPerSecond
  }

  /// The password is a throwaway: whoever reads it here finds what the bench put there.
  private func run(
    _ arguments: [String], heeding interruption: Interruption
  ) throws(BenchmarkError) -> String {
    let place = ["-p", "\(port)", "-a", password, "--dbnum", "1", "--csv"]
    let load = ["-c", "\(Wrk.connections)", "-r", "\(keys)"]
    let command = [try InstalledTool.redisBenchmark.find()] + place + load + arguments
    let child = try ChildProgram("redis-benchmark", command: command)
    return try child.finish(within: .seconds(300), heeding: interruption)
  }
}
