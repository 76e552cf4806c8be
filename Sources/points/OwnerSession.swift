// Some commands work on the database by themselves, as the owner of its schema: the service's own role may
// neither migrate nor make keys.
import Configuration
import EventLoop
import PostgresClient
import Service
import Synchronization

enum OwnerSession {
  /// What such a command needs to know of the settings; a mistake in another one is not its to tell.
  private static let variables = [
    "POINTS_DATABASE_URL", "POINTS_DATABASE_URL_FILE", "POINTS_MIGRATE_DATABASE_URL",
    "POINTS_MIGRATE_DATABASE_URL_FILE", "POINTS_CONNECT_TIMEOUT",
  ]

  /// How to connect, or nothing after telling what is wrong.
  static func options(_ arguments: [String]) -> PostgresConnectionOptions? {
    var environment = Settings.environment.filter { variables.contains($0.key) && !$0.value.isEmpty }
    let names = environment.keys.map { String($0) } + arguments
    // Who gives the owner's database needs no other.
    if names.contains(where: { $0.hasPrefix("POINTS_MIGRATE_") || $0.hasPrefix("--migrate-database-url") }),
      !names.contains(where: { $0.hasPrefix("POINTS_DATABASE_URL") || $0.hasPrefix("--database-url") })
    {
      environment["POINTS_DATABASE_URL"] = "postgresql:///"
    }
    guard let configuration = Settings.read(arguments, environment: environment) else { return nil }
    do throws(ServiceError) {
      return try PostgresConnectionOptions(ownerOf: configuration)
    } catch {
      Terminal.complain("points: \(error)")
      return nil
    }
  }

  /// Runs the body on a loop of this thread, to its end.
  static func run(_ body: @escaping @Sendable (EventLoop) async -> ExitStatus) -> ExitStatus {
    let loop = EventLoop(name: "command")
    let outcome = Mutex(ExitStatus.success)
    loop.post {
      loop.spawn {
        let status = await body(loop)
        outcome.withLock { $0 = status }
        loop.stop()
      }
    }
    loop.run()
    return outcome.withLock { $0 }
  }
}
