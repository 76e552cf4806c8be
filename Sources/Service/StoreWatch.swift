// Tells the log when a store stops serving and when it serves again, or mirrors cannot be built, and ends a
// service whose store is too old: waiting would not help, and a start that fails at once is noticed.
import EventLoop
import JSON
import PostgresClient
import Projection
import RedisClient

/// Watches the stores of one worker; its siblings use the same ones.
final class StoreWatch: Sendable {
  private enum State: Equatable {
    case serving
    case failing(String)
    case unsupported(String)
  }

  private static let interval = Duration.milliseconds(250)

  private let loop: EventLoop
  private let postgres: PostgresPool
  private let redis: RedisClient
  private let follower: Follower
  private let log: LineWriter
  private let refused: @Sendable (ServiceError) -> Void

  init(
    loop: EventLoop, postgres: PostgresPool, redis: RedisClient, follower: Follower, log: LineWriter,
    refused: @escaping @Sendable (ServiceError) -> Void
  ) {
    self.loop = loop
    self.postgres = postgres
    self.redis = redis
    self.follower = follower
    self.log = log
    self.refused = refused
  }

  /// Looks until it is cancelled.
  func run() async {
    // Of mirrors nothing is told as long as they can be built.
    var told: [String: State] = ["mirrors": .serving]
    while (try? await loop.sleep(for: Self.interval)) != nil {
      let states = [("postgres", postgresState), ("redis", redisState), ("mirrors", mirrorState)]
      for (name, state) in states where told[name] != state {
        told[name] = state
        tell(name, state)
      }
    }
  }

  private var postgresState: State {
    switch postgres.health {
    case .ready: .serving
    case .notReady(let sentence): .failing(sentence)
    case .unsupported(let sentence): .unsupported(sentence)
    }
  }

  private var mirrorState: State {
    follower.status.rebuildFailure.map { .failing($0) } ?? .serving
  }

  private var redisState: State {
    switch redis.health {
    case .ready: .serving
    case .unavailable(let sentence): .failing(sentence)
    case .unsupported(let sentence): .unsupported(sentence)
    }
  }

  private func tell(_ name: String, _ state: State) {
    switch state {
    case .serving: write(name, "serving", reason: nil)
    case .failing(let sentence): write(name, "failing", reason: sentence)
    case .unsupported(let sentence): refused(.unsupportedStore(sentence))
    }
  }

  private func write(_ name: String, _ state: StaticString, reason: String?) {
    var json = JSONWriter(reservingCapacity: 128)
    json.object {
      $0.field("time", WallClock.now.text)
      $0.field("store", name)
      $0.field("state", state)
      if let reason { $0.field("reason", reason) }
    }
    json.newline()
    log.write(json.finish())
  }
}
