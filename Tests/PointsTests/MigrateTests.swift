// `points migrate`, and what `points serve` says about a database that was not migrated, or by a newer one.
import Glibc
import TestSupport
import Testing

extension WholeProgram {
  @Suite struct MigrateTests {
    @Test func `it says what it applied, and a second run that nothing is missing`() async throws {
      let environment = ["POINTS_DATABASE_URL": try await LedgerDatabase.makeUnmigrated().url]
      let first = try Program.run(["migrate"], environment: environment)
      #expect(first.ending == .exited(0), "\(first.complaints)")
      #expect(first.output.hasPrefix("applied ledger\napplied access\n"))
      let second = try Program.run(["migrate"], environment: environment)
      #expect(second.ending == .exited(0))
      #expect(second.output == first.output.split(separator: "\n").suffix(1).joined() + "\n")
    }

    @Test func `the owner's URL is enough, and goes first`() async throws {
      let url = try await LedgerDatabase.makeUnmigrated().url
      let alone = try Program.run(["migrate"], environment: ["POINTS_MIGRATE_DATABASE_URL": url])
      #expect(alone.ending == .exited(0), "\(alone.complaints)")
      let elsewhere = ["POINTS_DATABASE_URL": "postgresql:///nowhere?host=/nowhere"]
      let both = try Program.run(["migrate", "--migrate-database-url", url], environment: elsewhere)
      #expect(both.ending == .exited(0), "\(both.complaints)")
    }

    @Test func `a database that is not there is a failure, a wrong URL a mistake`() throws {
      let gone = try Program.run(
        ["migrate"], environment: ["POINTS_DATABASE_URL": "postgresql://u@127.0.0.1:1/d"])
      #expect(gone.ending == .exited(1))
      #expect(gone.complaints.contains("no connection to Postgres"))
      let wrong = try Program.run(["migrate"], environment: ["POINTS_DATABASE_URL": "mysql://x"])
      #expect(wrong.ending == .exited(2))
    }

    @Test func `serve refuses a database that was not migrated, unless it may migrate it`() async throws {
      var environment = try Stores.environment()
      environment["POINTS_DATABASE_URL"] = try await LedgerDatabase.makeUnmigrated().url
      let refused = try Program.run(["serve"], environment: environment)
      #expect(refused.ending == .exited(1))
      #expect(refused.complaints.contains("run points migrate, or set POINTS_MIGRATE=on"))

      environment["POINTS_MIGRATE"] = "on"
      let program = try Program(["serve"], environment: environment)
      #expect(program.isReady(on: try program.port()))
      #expect(program.complaints.contains("points: migrated: ledger, access"))
      program.signal(SIGTERM)
      #expect(program.end(within: .seconds(30)) == .exited(0))
    }

    @Test func `serve refuses a database that a newer version migrated`() async throws {
      let database = try await LedgerDatabase.make()
      try await database.pretendNewer()
      var environment = try Stores.environment()
      environment["POINTS_DATABASE_URL"] = try database.url
      let run = try Program.run(["serve"], environment: environment)
      #expect(run.ending == .exited(1))
      #expect(run.complaints.contains("newer version of Points"))
    }
  }
}
