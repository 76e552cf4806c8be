// Migrating when the service starts. It comes before everything else, so that no worker ever sees a schema
// that is about to change.
import Configuration
package import EventLoop
package import LedgerStore
import PostgresClient

package enum SchemaMigration {
  /// How long a database that starts at the same time may take until it can be reached.
  private static let patience = Duration.seconds(30)
  private static let interval = Duration.milliseconds(250)

  /// Does what POINTS_MIGRATE asks for; nil when it asks for nothing.
  package static func atStart(
    _ plan: ServicePlan, on loop: EventLoop
  ) async throws(ServiceError) -> MigrationReport? {
    guard plan.configuration.migrate else { return nil }
    let end = loop.now + patience
    while true {
      do throws(MigrationError) {
        return try await Migrator(plan.traits.migrations).migrate(plan.ownerOptions, on: loop)
      } catch {
        guard case .notReached(.connectionFailed) = error, loop.now < end else { throw .notMigrated(error) }
        guard (try? await loop.sleep(for: interval)) != nil else { throw .notMigrated(error) }
      }
    }
  }
}
