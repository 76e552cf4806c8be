// The private Redis.

private import Glibc

/// A running Redis of our own. The fault methods are for tests.
package final class EmbeddedRedis: Sendable {
  /// Over the private socket: `unix:///path`, with `?password=...` when it also listens on a port.
  package let connectionURL: String
  /// `redis://:password@127.0.0.1:port/0`; nil unless it was asked for.
  package let loopbackURL: String?
  package let socketPath: String
  /// Nil unless it also listens on a port, which every user of the machine can reach.
  package let password: String?
  /// Nil unless it was asked for.
  package let port: UInt16?
  package let logPath: String

  private let server: ServerProcess
  private let startLimit: Duration

  /// Writes the configuration; starts nothing yet.
  init(home: ServerHome, options: EmbeddedOptions) throws(EmbeddedServersError) {
    let program = try InstalledPrograms(account: home.account).redisServer()
    socketPath = "\(home.socketDirectory)/redis.sock"
    logPath = home.log(of: "redis")
    startLimit = options.startLimit
    port = options.listensOnLoopback ? try LoopbackPort.choose() : nil
    password = options.listensOnLoopback ? Password.random() : nil
    connectionURL = "unix://\(socketPath)\(password.map { "?password=\($0)" } ?? "")"
    if let port, let password {
      loopbackURL = "redis://:\(password)@127.0.0.1:\(port)/0"
    } else {
      loopbackURL = nil
    }
    let configuration = RedisConfiguration(
      socketPath: socketPath, port: port, password: password, durability: options.durability,
      further: options.redisSettings)
    // A file and not arguments: everybody can read the arguments of a process.
    let file = "\(home.redisData)/redis.conf"
    try Disk.write(Array(configuration.text.utf8), to: file, owner: home.account)
    server = ServerProcess(
      Self.program(program, file: file, home: home, socketPath: socketPath, password: password),
      stopLimit: options.stopLimit)
  }

  /// Nil while it is not running.
  package var processID: Int? { server.processID }

  /// Starts it again after `stop()`, `kill()` or its own death: same data, same socket and port.
  package func start() throws(EmbeddedServersError) {
    try launch()
    try waitUntilReady(deadline: .now + startLimit)
  }

  package func stop() { server.stop() }
  /// As `kill -9`.
  package func kill() { server.kill() }
  /// As SIGSTOP: connections stay open, nothing answers.
  package func pause() { server.pause() }
  package func resume() { server.resume() }

  func launch() throws(EmbeddedServersError) { try server.launch() }

  func waitUntilReady(deadline: ContinuousClock.Instant) throws(EmbeddedServersError) {
    try server.waitUntilReady(deadline: deadline)
  }

  private static func program(
    _ program: String, file: String, home: ServerHome, socketPath: String, password: String?
  ) -> ServerProgram {
    let ping = RedisPing(socketPath: socketPath, password: password)
    return ServerProgram(
      name: "Redis", processName: "redis-server", program: program, arguments: [file],
      dataDirectory: home.redisData, log: home.log(of: "redis"), account: home.account,
      deathSignal: "TERM", stopSignals: [SIGTERM],
      clearRemains: {}, isReady: { _ in ping.isAnswered() })
  }
}
