// The yardstick of reading: redis-benchmark asking the same Redis for values of the size of an account, one
// at a time on each of as many connections as our callers have.
private import EmbeddedServers

struct RedisBenchmark: Sendable {
  /// An account as the mirror keeps it, without a name.
  private static let valueBytes = 72
  static let summary = "redis-benchmark -t get -c \(Wrk.connections)"

  private let port: UInt16
  private let password: String
  private let keys: Int

  /// Fills a database beside that of the mirrors.
  init(on stores: Stores, keys: Int, heeding interruption: Interruption) throws(BenchmarkError) {
    guard let port = stores.servers.redis.port, let password = stores.servers.redis.password else {
      throw .ended(program: "Redis", lastWords: "it does not listen on a port")
    }
    (self.port, self.password, self.keys) = (port, password, keys)
    // So many random keys leave one in twenty out.
    let arguments = ["-t", "set", "-n", "\(3 * keys)", "-P", "64", "-d", "\(Self.valueBytes)"]
    _ = try run(arguments, heeding: interruption)
  }

  /// The bench of Redis ends after so many requests, not after so much time.
  func getsPerSecond(requests: Int, heeding interruption: Interruption) throws(BenchmarkError) -> Double {
    let said = try run(["-t", "get", "-n", "\(requests)"], heeding: interruption)
    return try RedisBenchmarkReport(said, about: "GET").requestsPerSecond
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
