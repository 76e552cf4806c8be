// Everything `points serve` can be told, as typed fields. A field's initial value is the setting's default:
// help, documentation and parsing all take it from here, so that it is written once.

package struct ServeConfiguration: Sendable, Equatable {
  // Stores
  package var databaseURL: Secret
  /// Empty when `databaseURL` is that of the schema's owner.
  package var migrateDatabaseURL = Secret("")
  package var migrate = false
  package var redisURL = Secret("redis://127.0.0.1:6379/0")
  package var databaseConnections = 2
  package var databaseTimeout = Duration.seconds(5)
  package var redisTimeout = Duration.milliseconds(250)
  package var connectTimeout = Duration.seconds(5)
  package var redisInFlight = 10_000

  // Ledger
  package var users = UserAdmission.open
  package var categories: [String] = []
  package var minAward: Int64?
  package var maxAward: Int64?
  package var occurredPast = Duration.seconds(90 * 86400)
  package var occurredFuture = Duration.seconds(60)
  /// Empty when there is none.
  package var reportKey = Secret("")

  // Jobs
  package var jobs: [JobSetting] = []
  package var jobsTimeZone = "UTC"
  package var jobsLease = Duration.seconds(10)
  package var keepClosesDays = 0

  // Server
  package var listen = ListenAddress(host: "127.0.0.1", port: 8080)
  package var workers = 0
  package var maxConnections = 20_000
  package var headTimeout = Duration.seconds(10)
  package var bodyTimeout = Duration.seconds(30)
  package var idleTimeout = Duration.seconds(75)
  package var writeTimeout = Duration.seconds(30)
  package var requestTimeout = Duration.seconds(30)
  package var maxHead = ByteCount.kibibytes(16)
  package var maxBody = ByteCount.mebibytes(16)
  package var bodyMemory = ByteCount.mebibytes(256)
  package var http2 = true
  package var http2Streams = 128
  package var http2Window = ByteCount.kibibytes(64)
  package var http2BrokenStreams = 32
  package var maxListeners = 10_000
  package var drainTimeout = Duration.seconds(10)
  package var rateLimit = 0
  package var reusePort = false

  // Observability
  package var accessLog = AccessLogLevel.errors
  package var metrics = MetricsExposure.loopback
  package var verifyRate = 50

  // Development
  package var benchEndpoints = false

  /// Only the database has no sensible default: a ledger must never land in a database nobody chose.
  package init(databaseURL: Secret) {
    self.databaseURL = databaseURL
  }

  /// Of whoever owns the schema, to migrate it and to make API keys.
  package var ownerDatabaseURL: Secret {
    migrateDatabaseURL.revealed.isEmpty ? databaseURL : migrateDatabaseURL
  }

  /// One `NAME=value` line per setting for the start-up log, secrets redacted. A hidden setting is listed
  /// only when it was changed, since then it matters to whoever reads the log.
  package func describe() -> [String] {
    ConfigurationTable.settings.compactMap { setting in
      let value = setting.show(self)
      if setting.isHidden && value == setting.show(ConfigurationTable.defaults) { return nil }
      return "\(setting.variable)=\(value)"
    }
  }
}

/// Who can have points.
package enum UserAdmission: String, Sendable, CaseIterable {
  /// Anybody: a user is there from the first posting on.
  case open
  /// Only users who were registered.
  case registered
}

/// Which requests the access log tells of.
package enum AccessLogLevel: String, Sendable, CaseIterable {
  case off, errors, all
}

/// Who may read `/metrics`.
package enum MetricsExposure: String, Sendable, CaseIterable {
  case loopback, any, off
}
