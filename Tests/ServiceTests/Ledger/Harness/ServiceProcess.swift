// A `points serve` with two workers on an installation: a process that can be killed.
import EmbeddedServers
import Foundation
import TestSupport

/// Used by one thread at a time.
final class ServiceProcess: @unchecked Sendable {
  let port: UInt16
  private let program: Program

  /// Settings of one that gives up a silent Redis as early as it does by default.
  static let impatient = ["POINTS_REDIS_TIMEOUT": "250ms"]

  init(on installation: Installation, _ settings: [String: String] = [:]) throws {
    var environment = [
      "POINTS_DATABASE_URL": installation.databaseURL,
      "POINTS_REDIS_URL": installation.servers.redis.connectionURL, "POINTS_LISTEN": "127.0.0.1:0",
      "POINTS_WORKERS": "2",
      "POINTS_REDIS_TIMEOUT": "\(Installation.redisTimeout.components.seconds)s",
    ]
    environment.merge(settings) { $1 }
    program = try Program(["serve"], environment: environment)
    port = try program.port()
  }

  /// What it has written so far.
  var log: String { program.complaints }

  /// As SIGSTOP: its connections stay open, and whatever it holds stays held.
  func suspend() { program.signal(SIGSTOP) }

  func resume() { program.signal(SIGCONT) }

  /// As kill -9, and waits until it is gone.
  func kill() {
    program.signal(SIGKILL)
    _ = program.end(within: .seconds(10))
  }

  /// Tells it to stop, and does not wait.
  func terminate() { program.signal(SIGTERM) }

  /// Waits until it has ended by itself.
  func end(within limit: Duration) -> Ending { program.end(within: limit) }

  /// As an orchestrator stops it.
  func stop() -> Ending {
    terminate()
    return program.end(within: .seconds(20))
  }
}
