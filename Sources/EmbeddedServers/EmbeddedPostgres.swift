// The private Postgres.

private import Glibc

/// A running Postgres of our own, with the database `points`. The fault methods are for tests.
package final class EmbeddedPostgres: Sendable {
  /// For libpq, over the private socket: `postgresql:///points?host=...&port=...&user=points`.
  package let connectionURL: String
  /// The same database over 127.0.0.1; nil unless it was asked for.
  package let loopbackURL: String?
  package let port: UInt16
  /// Holds the socket, `.s.PGSQL.<port>`.
  package let socketDirectory: String
  /// Of this server, for a person who wants to know why.
  package let logPath: String

  private let server: ServerProcess
  private let startLimit: Duration

  /// Makes the cluster if there is none and one is wanted; starts nothing yet.
  init(home: ServerHome, options: EmbeddedOptions) throws(EmbeddedServersError) {
    let cluster = PostgresCluster(
      home: home, durability: options.durability, deadline: .now + options.startLimit)
    let programs = try InstalledPrograms(account: home.account).postgresDirectory(
      writingMajor: cluster.writtenMajor, data: home.postgresData)
    if options.includesPostgres { try cluster.makeIfMissing(programs: programs) }

    // Without TCP the port is but the last part of the socket's name.
    port = options.listensOnLoopback ? try LoopbackPort.choose() : 5432
    socketDirectory = home.socketDirectory
    logPath = home.log(of: "postgres")
    startLimit = options.startLimit
    let name = "/\(PostgresCluster.databaseName)"
    connectionURL =
      "postgresql://\(name)?host=\(home.socketDirectory)&port=\(port)&user=\(PostgresCluster.userName)"
    let password = Disk.readText(home.postgresPassword) ?? ""
    let login = "\(PostgresCluster.userName):\(password)"
    loopbackURL = options.listensOnLoopback ? "postgresql://\(login)@127.0.0.1:\(port)\(name)" : nil
    server = ServerProcess(
      Self.program(programs: programs, home: home, options: options, port: port), stopLimit: options.stopLimit
    )
  }

  /// Nil while it is not running.
  package var processID: Int? { server.processID }

  /// Starts it again after `stop()`, `kill()` or its own death: same data, same socket and port.
  package func start() throws(EmbeddedServersError) {
    try launch()
    try waitUntilReady(deadline: .now + startLimit)
  }

  package func stop() { server.stop() }
  /// As `kill -9` of all its processes.
  package func kill() { server.kill() }
  /// As SIGSTOP to all its processes: connections stay open, nothing answers.
  package func pause() { server.pause() }
  package func resume() { server.resume() }

  func launch() throws(EmbeddedServersError) { try server.launch() }

  func waitUntilReady(deadline: ContinuousClock.Instant) throws(EmbeddedServersError) {
    try server.waitUntilReady(deadline: deadline)
  }

  /// SIGINT disconnects everybody and stops in order; SIGQUIT stops at once and leaves the rest to the
  /// recovery at the next start. When we die it is SIGQUIT: a checkpoint could outlast the patience of
  /// whoever starts us again.
  private static func program(
    programs: String, home: ServerHome, options: EmbeddedOptions, port: UInt16
  ) -> ServerProgram {
    let data = home.postgresData
    let remains = PostmasterFile(data: data, socketDirectory: home.socketDirectory, port: port)
    return ServerProgram(
      name: "Postgres", processName: "postgres", program: "\(programs)/postgres",
      arguments: ["-D", data] + settings(home: home, options: options, port: port).flatMap { ["-c", $0] },
      dataDirectory: data, log: home.log(of: "postgres"), account: home.account,
      deathSignal: "QUIT", stopSignals: [SIGINT, SIGQUIT],
      clearRemains: remains.removeIfMisleading, isReady: remains.saysReady)
  }

  private static func settings(home: ServerHome, options: EmbeddedOptions, port: UInt16) -> [String] {
    var settings = [
      "listen_addresses=\(options.listensOnLoopback ? "127.0.0.1" : "")", "port=\(port)",
      "unix_socket_directories=\(home.socketDirectory)", "unix_socket_permissions=0700",
      "synchronous_commit=on", "timezone=UTC", "log_timezone=UTC", "log_checkpoints=off",
    ]
    switch options.durability {
    case .full:
      let buffers = SharedBuffers.megabytes(ofMemory: SharedBuffers.memory)
      settings += ["fsync=on", "full_page_writes=on", "shared_buffers=\(buffers)MB"]
      // The first change of a page after a checkpoint writes the whole page to the log, and an award changes
      // three pages anywhere. So there are few checkpoints; a recovery takes some seconds a gigabyte.
      settings += ["max_wal_size=4GB", "checkpoint_timeout=15min"]
    // Many suites with pools of their own share one server.
    case .processCrashOnly:
      settings += ["fsync=off", "full_page_writes=off", "max_connections=400", "shared_buffers=256MB"]
    }
    return settings + options.postgresSettings
  }
}
