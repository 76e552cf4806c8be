// What one worker tells about itself, copied on its own loop so that no counter is read across threads.
package import EventLoop
package import HTTPServer
package import LedgerStore
package import PostgresClient
package import Projection
package import RedisClient
package import Verification

/// One worker's counters at one instant.
package struct WorkerReport: Sendable {
  package let worker: String
  package let loop: LoopStatistics
  package let runningTasks: Int
  package let http: HTTPCounters
  package let openConnections: Int
  package let redis: RedisReport
  package let postgres: PostgresPoolStatistics
  package let postgresLatency: LatencyHistogram
  package let ledger: LedgerReport
  /// As the worker that runs the duties of its process last saw them; of others nothing.
  package let jobs: [JobRecord]
  package let snapshots: SnapshotTally.Counts
  package let payouts: PayoutTally.Counts
  /// As the worker that runs the duties of its process last saw them; of others nothing.
  package let openPayouts: [OpenPayouts]

  package init(
    worker: String, loop: LoopStatistics, runningTasks: Int, http: HTTPCounters, openConnections: Int,
    redis: RedisReport, postgres: PostgresPoolStatistics, postgresLatency: LatencyHistogram,
    ledger: LedgerReport, jobs: [JobRecord] = [], snapshots: SnapshotTally.Counts = .init(),
    payouts: PayoutTally.Counts = .init(), openPayouts: [OpenPayouts] = []
  ) {
    self.worker = worker
    self.loop = loop
    self.runningTasks = runningTasks
    self.http = http
    self.openConnections = openConnections
    self.redis = redis
    self.postgres = postgres
    self.postgresLatency = postgresLatency
    self.ledger = ledger
    self.jobs = jobs
    self.snapshots = snapshots
    self.payouts = payouts
    self.openPayouts = openPayouts
  }
}

/// A worker's view of Redis.
package struct RedisReport: Sendable {
  package let counters: RedisCounters
  package let inFlight: Int
  package let isReady: Bool
  package let latency: LatencyHistogram

  package init(counters: RedisCounters, inFlight: Int, isReady: Bool, latency: LatencyHistogram) {
    self.counters = counters
    self.inFlight = inFlight
    self.isReady = isReady
    self.latency = latency
  }
}

/// A worker's share in the ledger.
package struct LedgerReport: Sendable {
  package let lanes: LaneCounters
  /// Legs that wait for a transaction.
  package let waitingLegs: Int
  /// Whether mirrors may be read: it is known how far they must be.
  package let trustsMirrors: Bool
  /// Of the worker that follows for its process.
  package let follower: FollowerStatus?
  /// How old the oldest change is that a mirror lacks, as that worker knows.
  package let mirrorLag: Duration
  /// Of the worker that verifies for its process.
  package let verifier: VerifierStatus?
  package let live: LiveCounters

  package init(
    lanes: LaneCounters, waitingLegs: Int, trustsMirrors: Bool, follower: FollowerStatus?,
    mirrorLag: Duration, verifier: VerifierStatus?, live: LiveCounters
  ) {
    self.lanes = lanes
    self.waitingLegs = waitingLegs
    self.trustsMirrors = trustsMirrors
    self.follower = follower
    self.mirrorLag = mirrorLag
    self.live = live
    self.verifier = verifier
  }
}
