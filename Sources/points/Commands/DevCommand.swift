// points dev: everything on this machine, with nothing to set up. A private Postgres and Redis are started
// from the installed programs, the service on top of them, and all three end together.
import Configuration
import EmbeddedServers
import EventLoop
import PointsClient
import PostgresClient
import Service

enum DevCommand {
  /// Relative to the directory the command is run in; `make clean-data` removes it.
  private static let dataDirectory = ".points"
  private static let storeVariables = [
    "POINTS_DATABASE_URL", "POINTS_DATABASE_URL_FILE", "POINTS_REDIS_URL", "POINTS_REDIS_URL_FILE",
    "POINTS_MIGRATE_DATABASE_URL", "POINTS_MIGRATE_DATABASE_URL_FILE",
  ]
  private static let storeFlags = [
    "--database-url", "--database-url-file", "--redis-url", "--redis-url-file", "--migrate-database-url",
    "--migrate-database-url-file",
  ]

  static func run(_ arguments: [String]) -> ExitStatus {
    if ConfigurationTable.asksForHelp(arguments) {
      Terminal.say("usage: points dev [FLAGS]\n\nTakes the flags of points serve; the stores are its own.")
      return .success
    }
    // Settings come first: whoever mistyped one should not wait for two servers to start.
    guard var configuration = configuration(arguments) else { return .usage }
    do throws(EmbeddedServersError) {
      let servers = try EmbeddedServers.start(EmbeddedOptions(place: .kept(directory: dataDirectory)))
      defer { servers.stop() }
      configuration.databaseURL = Secret(servers.postgres.connectionURL)
      configuration.redisURL = Secret(servers.redis.connectionURL)
      configuration.migrate = true
      if configuration.reportKey.revealed.isEmpty {
        configuration.reportKey = DevReportKey.take(in: servers.directory)
      }
      return ServiceRun.run(configuration) { service, loop in
        await welcome(to: service, servers, on: loop)
      }
    } catch {
      Terminal.complain("points dev: \(error)")
      return .failure
    }
  }

  private static func configuration(_ arguments: [String]) -> ServeConfiguration? {
    // Somebody who names a store believes that his data go there.
    if let flag = storeFlags.first(where: { flag in arguments.contains { isFlag($0, flag) } }) {
      Terminal.complain("points dev has stores of its own and takes no \(flag); points serve does")
      return nil
    }
    var environment = Settings.environment
    for variable in storeVariables where environment.removeValue(forKey: variable)?.isEmpty == false {
      Terminal.complain("points: warning: \(variable) is ignored: points dev has stores of its own")
    }
    environment["POINTS_DATABASE_URL"] = placeholder
    return Settings.read(arguments, environment: environment)
  }

  /// Stands for the database until there is one.
  private static let placeholder = "postgresql:///"

  private static func isFlag(_ argument: String, _ flag: String) -> Bool {
    argument == flag || argument.hasPrefix(flag + "=")
  }

  /// Makes the key and the small world, and tells how to begin. Neither is worth stopping for if it fails.
  private static func welcome(to service: Service, _ servers: EmbeddedServers, on loop: EventLoop) async {
    let url = "http://\(service.address)"
    var key: String?
    do {
      let owner = try PostgresConnectionOptions(parsing: servers.postgres.connectionURL)
      key = try await DevKey.take(in: servers.directory, owner, on: loop)
      let points = try PointsClient(url: url, key: key ?? "")
      try await DevWorld.settle(with: points)
      await points.shutdown()
    } catch {
      Terminal.complain("points dev: the small world is not complete: \(error)")
    }
    Terminal.say(greeting(url, key, servers))
  }

  private static func greeting(_ url: String, _ key: String?, _ servers: EmbeddedServers) -> String {
    let key = key ?? "(points keys create makes one)"
    return """

      Points is running at \(url)

        key       \(key)
        Postgres  \(servers.postgres.connectionURL)
        Redis     \(servers.redis.connectionURL)
        data      \(servers.directory)

      Try it:  curl -H "Authorization: Bearer \(key)" "\(url)/points/leaderboard?limit=5"
      Stop it: Ctrl-C
      """
  }
}
