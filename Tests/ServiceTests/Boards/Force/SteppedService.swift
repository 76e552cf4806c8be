// A `points serve` whose every step in Postgres and in Redis is seen, and at which it can be stopped.
import EmbeddedServers
import Testing

/// Used by one thread at a time.
final class SteppedService {
  let process: ServiceProcess
  let watch = StepWatch()
  private let proxies: [StepProxy]

  /// One worker does everything; the lease of a job is as short as it may be, and nothing is verified.
  /// What is done by the hour or the day is off: it could fall among the steps of something else.
  init(on installation: Installation, _ settings: [String: String] = [:]) throws {
    let redis = try #require(installation.servers.redis.port)
    proxies = [
      try StepProxy(to: installation.servers.postgres.port, .postgres, watch),
      try StepProxy(to: redis, .redis, watch),
    ]
    let plain = [
      "POINTS_WORKERS": "1", "POINTS_VERIFY_RATE": "0", "POINTS_JOBS_LEASE": "1s",
      "POINTS_CATEGORIES": League.category, "POINTS_JOBS": "retire-snapshots=off;sweep-leases=off",
    ]
    process = try ServiceProcess(
      on: installation,
      plain.merging(settings) { $1 }
        .merging(installation.databaseSettings(through: proxies[0].port)) { $1 }
        .merging(installation.redisSettings(through: proxies[1].port)) { $1 })
  }

  deinit {
    process.kill()
    for proxy in proxies { proxy.close() }
  }

  var port: UInt16 { process.port }

  /// Goes on from where it was stopped.
  func release() {
    for proxy in proxies { proxy.release() }
  }
}
