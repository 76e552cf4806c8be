// What a service is to be, worked out from its configuration before anything is started.
import API
import Calendar
package import Configuration
package import EventLoop
import HTTPServer
import Jobs
import LedgerStore
package import PostgresClient
import RedisClient

package struct ServicePlan: Sendable {
  let configuration: ServeConfiguration
  let address: SocketAddress
  let workerCount: Int
  let limits: ServerLimits
  let accessLog: AccessLog
  let log: LineWriter
  let redisAddress: RedisAddress
  let redisOptions: RedisOptions
  let postgresOptions: PostgresConnectionOptions
  let ownerOptions: PostgresConnectionOptions
  let poolOptions: PostgresPoolOptions
  let metricsAudience: MetricsAudience
  /// One for all workers; nil for no limit.
  let rateLimiter: RateLimiter?
  /// Memory for long bodies, of all workers.
  let bodies: BodyBudget
  /// Who may listen to live boards, of all workers.
  let listeners: ListenerAllowance
  /// What boards are read from while Redis cannot be; one for all workers.
  let rankings = LedgerRankings()
  let jobBell = JobBell()
  /// One reading of the rules for all workers.
  let zones = TimeZoneFiles()
  let traits: ReleaseTraits
  /// When jobs are due.
  let timetable: Timetable
  /// What reports of payouts are signed with; nil where there are none.
  let reportKey: ReportKey?

  package init(
    _ configuration: ServeConfiguration, log: LineWriter, as traits: ReleaseTraits = ReleaseTraits()
  ) throws(ServiceError) {
    let listen = configuration.listen
    guard let address = SocketAddress(numeric: listen.host, port: listen.port) else {
      throw .invalidSetting("POINTS_LISTEN is no address: \(listen)")
    }
    if let least = configuration.minAward, let most = configuration.maxAward, least > most {
      throw .invalidSetting("POINTS_MIN_AWARD is above POINTS_MAX_AWARD: no award could be made")
    }
    self.configuration = configuration
    self.traits = traits
    self.address = address
    workerCount = configuration.workers > 0 ? configuration.workers : EventLoop.availableCores
    limits = ServerLimits(configuration)
    self.log = log
    accessLog = AccessLog(level: AccessLog.Level(configuration.accessLog), to: log)
    redisAddress = try Self.redisAddress(configuration)
    redisOptions = RedisOptions(configuration)
    postgresOptions = try Self.postgresOptions(configuration, knowing: traits.migrations)
    ownerOptions = try PostgresConnectionOptions(ownerOf: configuration)
    poolOptions = PostgresPoolOptions(configuration)
    metricsAudience = MetricsAudience(configuration.metrics)
    bodies = BodyBudget(configuration.bodyMemory.bytes)
    listeners = ListenerAllowance(configuration.maxListeners)
    rateLimiter = RateLimiter(requestsEachSecond: configuration.rateLimit)
    timetable = try Self.timetable(configuration)
    reportKey = try Self.reportKey(configuration.reportKey)
  }
}

extension ServicePlan {
  private static func timetable(_ configuration: ServeConfiguration) throws(ServiceError) -> Timetable {
    do throws(TimetableError) {
      return try Timetable(
        ServiceJobs.all, changes: configuration.jobs.map { .init($0.job, $0.expression) },
        zone: configuration.jobsTimeZone)
    } catch {
      throw .invalidSetting("\(error)")
    }
  }

  private static func reportKey(_ secret: Secret) throws(ServiceError) -> ReportKey? {
    guard !secret.revealed.isEmpty else { return nil }
    guard let key = ReportKey(text: secret.revealed) else {
      throw .invalidSetting("POINTS_REPORT_KEY is no key: points report-key makes one")
    }
    return key
  }

  private static func redisAddress(_ configuration: ServeConfiguration) throws(ServiceError) -> RedisAddress {
    do throws(RedisError) {
      return try RedisAddress(configuration.redisURL.revealed)
    } catch {
      throw .invalidSetting("POINTS_REDIS_URL: \(error)")
    }
  }

  private static func postgresOptions(
    _ configuration: ServeConfiguration, knowing migrations: [Migration]
  ) throws(ServiceError) -> PostgresConnectionOptions {
    do throws(PostgresError) {
      var options = try PostgresConnectionOptions(parsing: configuration.databaseURL.revealed)
      options.statementTimeout = configuration.databaseTimeout
      options.connectTimeout = configuration.connectTimeout
      options.serveLedger(knowing: migrations)
      return options
    } catch {
      throw .invalidSetting("POINTS_DATABASE_URL: \(error)")
    }
  }
}

extension PostgresConnectionOptions {
  /// How the schema's owner connects: to migrate, and to make API keys.
  package init(ownerOf configuration: ServeConfiguration) throws(ServiceError) {
    do throws(PostgresError) {
      try self.init(parsing: configuration.ownerDatabaseURL.revealed)
      connectTimeout = configuration.connectTimeout
    } catch {
      let isTheSame = configuration.migrateDatabaseURL.revealed.isEmpty
      throw .invalidSetting("\(isTheSame ? "POINTS_DATABASE_URL" : "POINTS_MIGRATE_DATABASE_URL"): \(error)")
    }
  }
}

extension PostgresPoolOptions {
  init(_ configuration: ServeConfiguration) {
    self.init()
    sessionsMax = configuration.databaseConnections
  }
}

extension RedisOptions {
  init(_ configuration: ServeConfiguration) {
    self.init()
    timeout = configuration.redisTimeout
    // Whose answer is waited for that long has its connection as long.
    stallLimit = max(stallLimit, timeout)
    connectTimeout = configuration.connectTimeout
    inFlightMax = configuration.redisInFlight
  }
}

extension MetricsAudience {
  init(_ exposure: MetricsExposure) {
    self =
      switch exposure {
      case .loopback: .thisMachine
      case .any: .anyone
      case .off: .nobody
      }
  }
}

extension ServerLimits {
  init(_ configuration: ServeConfiguration) {
    self.init()
    connections = configuration.maxConnections
    headTimeout = configuration.headTimeout
    bodyTimeout = configuration.bodyTimeout
    idleTimeout = configuration.idleTimeout
    requestTimeout = configuration.requestTimeout
    writeTimeout = configuration.writeTimeout
    request.head = configuration.maxHead.bytes
    request.requestLine = min(request.requestLine, request.head)
    request.body = configuration.maxBody.bytes
    speaksHTTP2 = configuration.http2
    streams = configuration.http2Streams
    window = configuration.http2Window.bytes
    brokenStreamsPerSecond = configuration.http2BrokenStreams
    brokenStreams = 8 * configuration.http2BrokenStreams
  }
}

extension AccessLog.Level {
  init(_ level: AccessLogLevel) {
    self =
      switch level {
      case .off: .off
      case .errors: .errors
      case .all: .all
      }
  }
}
