// The one table of settings. Parsing, `points serve --help`, docs/configuration.md and the start-up log are
// made from it, so a setting is added here (and its field in ServeConfiguration) and nowhere else.

package enum ConfigurationTable {
  /// What the settings are when nothing is given. The empty database URL is never used: it is required.
  static let defaults = ServeConfiguration(databaseURL: Secret(""))

  /// Every name that means something in the environment, those of secret files and hidden settings included.
  package static var variables: [String] {
    settings.flatMap { [$0.variable] + ($0.fileVariable.map { [$0] } ?? []) }
  }

  package static let settings: [Setting] =
    stores + ledger + jobs + server + http2 + observability + development

  private static let stores = [
    Setting(
      "POINTS_DATABASE_URL", "--database-url", .stores, \.databaseURL, .postgresURL, required: true,
      "The Postgres database that holds the ledger."),
    Setting(
      "POINTS_MIGRATE_DATABASE_URL", "--migrate-database-url", .stores, \.migrateDatabaseURL, .postgresURL,
      "The same database as the owner of its schema, for migrations and keys; empty if it is the same login."
    ),
    Setting(
      "POINTS_MIGRATE", "--migrate", .stores, \.migrate, .onOrOff,
      "Migrates the database at the start, as points migrate does."),
    Setting(
      "POINTS_REDIS_URL", "--redis-url", .stores, \.redisURL, .redisURL,
      "The Redis that mirrors balances and boards."),
    Setting(
      "POINTS_DATABASE_CONNECTIONS", "--database-connections", .stores, \.databaseConnections,
      .integer(1...64),
      "Postgres connections that each worker may open for reading; writing and its duties take seven more."),
    Setting(
      "POINTS_DATABASE_TIMEOUT", "--database-timeout", .stores, \.databaseTimeout,
      .duration(.milliseconds(10) ... .seconds(300)), "How long a statement may take before it is given up."),
    Setting(
      "POINTS_REDIS_TIMEOUT", "--redis-timeout", .stores, \.redisTimeout,
      .duration(.milliseconds(1) ... .seconds(60)), "How long a Redis command may take before it is given up."
    ),
    Setting(
      "POINTS_CONNECT_TIMEOUT", "--connect-timeout", .stores, \.connectTimeout,
      .duration(.milliseconds(10) ... .seconds(60)), "How long connecting to Postgres or Redis may take."),
    Setting(
      "POINTS_REDIS_IN_FLIGHT", "--redis-in-flight", .stores, \.redisInFlight, .integer(1...1_000_000),
      "Redis commands that each worker may have under way; further ones are refused at once."),
  ]

  private static let server = [
    Setting(
      "POINTS_LISTEN", "--listen", .server, \.listen, .listenAddress,
      "Address and port to listen on; port 0 takes any free one."),
    Setting(
      "POINTS_WORKERS", "--workers", .server, \.workers, .integer(0...256),
      "Worker threads; 0 means one per core."),
    Setting(
      "POINTS_MAX_CONNECTIONS", "--max-connections", .server, \.maxConnections, .integer(1...1_000_000),
      "Client connections held at once by the whole process."),
    Setting(
      "POINTS_HEAD_TIMEOUT", "--head-timeout", .server, \.headTimeout, .duration(requestPart),
      "How long a request's head may take to arrive."),
    Setting(
      "POINTS_BODY_TIMEOUT", "--body-timeout", .server, \.bodyTimeout, .duration(requestPart),
      "How long a request's body may take to arrive."),
    Setting(
      "POINTS_IDLE_TIMEOUT", "--idle-timeout", .server, \.idleTimeout, .duration(requestPart),
      "How long a kept-alive connection may wait for its next request."),
    Setting(
      "POINTS_WRITE_TIMEOUT", "--write-timeout", .server, \.writeTimeout, .duration(requestPart),
      "How long a client may take to read 64 KiB, or the rest, of its answer."),
    Setting(
      "POINTS_REQUEST_TIMEOUT", "--request-timeout", .server, \.requestTimeout, .duration(requestPart),
      "How long answering a request may take once it has arrived."),
    // The parser keeps places within a head in sixteen bits.
    Setting(
      "POINTS_MAX_HEAD", "--max-head", .server, \.maxHead, .size(.kibibytes(1) ... .kibibytes(63)),
      "The largest request head; a larger one is answered with 431."),
    Setting(
      "POINTS_MAX_BODY", "--max-body", .server, \.maxBody, .size(.kibibytes(1) ... .mebibytes(256)),
      "The largest request body; a larger one is answered with 413."),
    Setting(
      "POINTS_BODY_MEMORY", "--body-memory", .server, \.bodyMemory,
      .size(.mebibytes(1) ... .mebibytes(65_536)),
      "Memory for what a connection holds beyond 64 KiB, all together; when it is used up, 503."),
    Setting(
      "POINTS_MAX_LISTENERS", "--max-listeners", .server, \.maxListeners, .integer(0...1_000_000),
      "How many may listen to live boards at once, one service half of them; beyond it the answer is 503."),
    Setting(
      "POINTS_DRAIN_TIMEOUT", "--drain-timeout", .server, \.drainTimeout, .duration(.zero ... .seconds(600)),
      "How long accepted requests may take to finish after SIGTERM."),
    Setting(
      "POINTS_RATE_LIMIT", "--rate-limit", .server, \.rateLimit, .integer(0...1_000_000),
      "Requests a second that each calling service may make of this process; 0 means no limit."),
    Setting(
      "POINTS_REUSE_PORT", "--reuse-port", .server, \.reusePort, .onOrOff,
      "Lets several processes share the port; a forgotten second process then takes half of the requests."),
  ]

  private static let observability = [
    Setting(
      "POINTS_ACCESS_LOG", "--access-log", .observability, \.accessLog, .choice,
      "Which requests are logged, one JSON object per line."),
    Setting(
      "POINTS_METRICS", "--metrics", .observability, \.metrics, .choice,
      "Who may read /metrics: callers on this machine, anyone, or nobody."),
    Setting(
      "POINTS_VERIFY_RATE", "--verify-rate", .observability, \.verifyRate, .integer(0...1_000),
      "Accounts a second that this process verifies in the background; 0 means none."),
  ]

  private static let development = [
    Setting(
      "POINTS_BENCH_ENDPOINTS", "--bench-endpoints", .development, \.benchEndpoints, .onOrOff, hidden: true,
      "Adds the endpoints that the benchmarks measure.")
  ]

  /// Long enough for the slowest honest client, never endless.
  private static let requestPart = Duration.milliseconds(100) ... .seconds(3600)
}
