// points migrate: brings the database to the schema of this version, and prepares the role of the service.
import Configuration
import EventLoop
import LedgerStore
import PostgresClient

enum MigrateCommand {
  private static let usage = """
    usage: points migrate [--database-url URL] [--migrate-database-url URL]

    Applies what the database lacks, in one transaction, and makes the role that points serve takes. Connects
    as the owner of the schema: POINTS_MIGRATE_DATABASE_URL, or else POINTS_DATABASE_URL. May be run at any
    time, by several at once, and while services run.
    """

  static func run(_ arguments: [String]) -> ExitStatus {
    if ConfigurationTable.asksForHelp(arguments) {
      Terminal.say(usage)
      return .success
    }
    guard let options = OwnerSession.options(arguments) else { return .usage }
    return OwnerSession.run { loop in await migrate(options, on: loop) }
  }

  private static func migrate(_ options: PostgresConnectionOptions, on loop: EventLoop) async -> ExitStatus {
    do throws(MigrationError) {
      let report = try await Migrator().migrate(options, on: loop)
      for name in report.applied { Terminal.say("applied \(name)") }
      Terminal.say("the schema is at \(report.schema)")
      return .success
    } catch {
      Terminal.complain("points migrate: \(error)")
      return .failure
    }
  }
}
