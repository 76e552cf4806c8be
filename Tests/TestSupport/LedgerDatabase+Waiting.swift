// Migrating for those who are not on a loop: the shared servers of a module start before any of its tests.
import EventLoop
import LedgerStore
import PostgresClient
import Synchronization

extension LedgerDatabase {
  /// Migrates the database at the URL while this thread waits.
  package static func migrateWaiting(_ url: String) throws {
    let options = try PostgresConnectionOptions(parsing: url)
    let outcome = Outcome()
    let thread = LoopThread(running: EventLoop(name: "migrate"))
    let loop = thread.loop
    loop.spawn {
      do throws(MigrationError) {
        outcome.put(.success(try await Migrator().migrate(options, on: loop)))
      } catch {
        outcome.put(.failure(error))
      }
    }
    guard Eventually.holds(within: .seconds(60), { outcome.value != nil }) else { throw Unfinished() }
    thread.stopAndJoin()
    _ = try outcome.value?.get()
  }

  private struct Unfinished: Error {}

  private final class Outcome: Sendable {
    private let held = Mutex<Result<MigrationReport, MigrationError>?>(nil)

    var value: Result<MigrationReport, MigrationError>? { held.withLock { $0 } }

    func put(_ outcome: Result<MigrationReport, MigrationError>) {
      held.withLock { $0 = outcome }
    }
  }
}
