// Migrating, against a real Postgres.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct MigratorTests {
  @Test func `an empty database gets every migration, and a second run finds nothing to do`() async throws {
    let database = try await LedgerDatabase.makeUnmigrated()
    let names = Migration.all.map(\.name)
    #expect(
      try await migrate(database) == MigrationReport(applied: names, schema: Migration.all.last?.number ?? 0))
    #expect(try await migrate(database).applied == [])
  }

  @Test func `two migrators at once: one migrates, the other finds it done`() async throws {
    let database = try await LedgerDatabase.makeUnmigrated()
    async let one = migrate(database)
    async let other = migrate(database)
    let applied = try await [one.applied, other.applied].sorted { $0.count < $1.count }
    #expect(applied == [[], Migration.all.map(\.name)])
  }

  @Test func `who finds the lock taken waits no longer than it should`() async throws {
    let database = try await LedgerDatabase.makeUnmigrated()
    let options = try database.ownerOptions()
    let error = try await LedgerDatabase.withSession(options) { holder in
      try await holder.run(script: SQL.holdLock)
      return await migrationError {
        _ = try await Migrator(lockPatience: .milliseconds(150)).migrate(options, on: holder.loop)
      }
    }
    #expect(error == .locked(waited: .milliseconds(150)))
    #expect(try await migrate(database).applied.count == Migration.all.count)
  }

  @Test func `a migration whose file has changed since is refused, and named`() async throws {
    let database = try await LedgerDatabase.make()
    var changed = Migration.all
    changed[0] = Migration(1, changed[0].name, Array("SELECT 1".utf8))
    let error = await refusal(database, changed)
    #expect(error == .refused(.changed(name: Migration.all[0].name)))
  }

  @Test func `a schema newer than the program is refused, and its newest part named`() async throws {
    let database = try await LedgerDatabase.make()
    try await database.pretendNewer()
    #expect(await refusal(database, Migration.all) == .refused(.newer(name: "future")))
  }

  @Test func `an older program leaves a newer schema that suits it alone`() async throws {
    let database = try await LedgerDatabase.make()
    let last = Migration.all.last?.number ?? 0
    let added = Migration(99, "added", Array("CREATE TABLE added ();".utf8), worksFrom: last)
    #expect(try await migrate(database, Migration.all + [added]).applied == ["added"])
    #expect(try await migrate(database) == MigrationReport(applied: [], schema: last))
    let taken = Migration(100, "taken", Array("DROP TABLE added;".utf8), worksFrom: 99)
    #expect(try await migrate(database, Migration.all + [added, taken]).applied == ["taken"])
    #expect(await refusal(database, Migration.all) == .refused(.newer(name: "taken")))
    #expect(try await migrate(database, Migration.all + [added]).applied == [])
  }

  @Test func `a migration that fails leaves nothing of those before it`() async throws {
    let database = try await LedgerDatabase.makeUnmigrated()
    let broken = Migration.all + [Migration(99, "broken", Array("CREATE TABLE half (); SELECT 1 / 0;".utf8))]
    guard case .failed("the migration broken", let error) = await refusal(database, broken) else {
      Issue.record("the broken migration did not fail by itself")
      return
    }
    #expect(error.state == .divisionByZero)
    #expect(try await migrate(database).applied == Migration.all.map(\.name))
  }

  @Test func `who is in the way of a lock is let pass, and the migration tried again`() async throws {
    let database = try await LedgerDatabase.make()
    let owner = try database.ownerOptions()
    let later =
      Migration.all + [Migration(99, "later", Array("ALTER TABLE accounts ADD COLUMN later text".utf8))]
    let isApplied = try await LedgerDatabase.withSession(owner) { holder in
      try await holder.run(script: SQL.readAccounts)
      async let report = migrate(database, later)
      let end = ContinuousClock.now + .seconds(20)
      while try await !isSomebodyWaiting(owner), ContinuousClock.now < end {}
      // Who comes now stands behind the migrator, but not for longer than that one waits.
      let others = try database.options()
      try await LedgerDatabase.withSession(others) { try await $0.run(script: SQL.touchAccounts) }
      try await holder.run(script: SQL.commit)
      return try await report.applied == ["later"]
    }
    #expect(isApplied)
  }

  @Test func `a later migration is applied to what is there`() async throws {
    let database = try await LedgerDatabase.make()
    let later = Migration.all + [Migration(99, "later", Array("CREATE TABLE later (); SELECT 1;".utf8))]
    #expect(try await migrate(database, later) == MigrationReport(applied: ["later"], schema: 99))
  }

  @Test func `accounts that were there before they held their user's name learn it`() async throws {
    let database = try await LedgerDatabase.makeUnmigrated()
    _ = try await migrate(database, Array(Migration.all.prefix(2)))
    let owner = try database.ownerOptions()
    try await LedgerDatabase.withSession(owner) { try await $0.run(script: SQL.fillSecondSchema) }
    _ = try await migrate(database)
    try await withLedger(in: database) { ledger in
      for (user, name) in [("named", "Ada"), ("nameless", nil), ("disabled", nil)] {
        let key = try await ledger.key(user)
        let account = try await ledger.reader.account(key)
        #expect(account?.displayName == name && account?.account.balance == 1)
        let isAwarded = (try? await ledger.award(1, to: key)) != nil
        #expect(isAwarded == (user != "disabled"))
      }
    }
  }

  @Test func `a grant that went missing is given again`() async throws {
    let database = try await LedgerDatabase.make()
    try await LedgerDatabase.withSession(try database.ownerOptions()) {
      try await $0.run(script: SQL.revokeAccounts)
    }
    _ = try await migrate(database)
    let options = try database.options()
    try await LedgerDatabase.withSession(options) { try await $0.run(script: SQL.touchAccounts) }
  }

  @Test func `a login that may not make roles is told what an administrator has to do`() async throws {
    let database = try await LedgerDatabase.makeUnmigrated()
    var options = try database.ownerOptions()
    try await LedgerDatabase.withSession(options) { try await $0.run(script: SQL.makeLimitedUser) }
    options.role = "limited_migrator"
    let chosen = options
    let error = await migrationError {
      _ = try await LedgerDatabase.withSession(chosen) { session in
        try await Migrator().migrate(on: session)
      }
    }
    guard case .roleRefused = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(error?.description.contains("GRANT points_service TO") == true)
  }
}

private func migrate(
  _ database: LedgerDatabase, _ migrations: [Migration] = Migration.all
) async throws -> MigrationReport {
  let options = try database.ownerOptions()
  return try await onNewLoop { try await Migrator(migrations).migrate(options, on: $0) }
}

private func isSomebodyWaiting(_ owner: PostgresConnectionOptions) async throws -> Bool {
  try await LedgerDatabase.withSession(owner) { (try? await $0.run(script: SQL.expectWaiting)) != nil }
}

private func refusal(_ database: LedgerDatabase, _ migrations: [Migration]) async -> MigrationError? {
  await migrationError { _ = try await migrate(database, migrations) }
}

private func migrationError(_ body: () async throws -> Void) async -> MigrationError? {
  do {
    try await body()
    return nil
  } catch {
    return error as? MigrationError
  }
}
