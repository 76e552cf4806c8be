// The processor time of everything that has a part in a request: our service, Postgres and Redis.

struct LedgerClocks: Sendable {
  private let service: ProcessClock
  private let postgres: ClusterClock
  private let redis: ProcessClock

  struct Reading: Sendable {
    var service: Duration
    var postgres: Duration
    var redis: Duration

    var sum: Duration { service + postgres + redis }

    static func - (later: Reading, earlier: Reading) -> Reading {
      Reading(
        service: later.service - earlier.service, postgres: later.postgres - earlier.postgres,
        redis: later.redis - earlier.redis)
    }
  }

  init(service: borrowing MeasuredServer, stores: Stores) throws(BenchmarkError) {
    self.service = try ProcessClock(processID: service.program.processID)
    postgres = ClusterClock(postmaster: try stores.postgresID)
    redis = try ProcessClock(processID: try stores.redisID)
  }

  func read() throws(BenchmarkError) -> Reading {
    Reading(service: try service.read(), postgres: try postgres.read(), redis: try redis.read())
  }

  /// Waits until all three rest, so that nobody's work falls into the time of another. What the ledger still
  /// has to do after the last answer ends here too, and counts for the requests that caused it. Behind
  /// millions of rows Postgres cleans up for minutes.
  func waitUntilIdle(heeding interruption: Interruption) throws(BenchmarkError) {
    let deadline = ContinuousClock.now + .seconds(600)
    var last = try read()
    while ContinuousClock.now < deadline {
      try interruption.pause(for: .milliseconds(200))
      let now = try read()
      if (now - last).sum < .milliseconds(20) { return }
      last = now
    }
    throw .unexpectedAnswer(from: "points serve", "it still works ten minutes after its last request")
  }
}
