// What the service can do to the ledger, and what nobody can.
import EventLoop
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct ServiceRoleTests {
  @Test func `the service adds transactions but changes none`() async throws {
    let database = try await LedgerDatabase.make()
    try await LedgerDatabase.withSession(try database.options()) { session in
      try await session.run(script: SQL.addTransaction)
      for change in SQL.changes {
        let state = await state { () async throws(PostgresError) in try await session.run(script: change) }
        #expect(state == .insufficientPrivilege, "\(change.name)")
      }
      let powers = try await session.first(DescribePowers())
      #expect(powers == .init(role: RestrictedRole.name, couldChangeTransactions: false))
    }
  }

  @Test func `not even the owner changes what was posted`() async throws {
    let database = try await LedgerDatabase.make()
    try await LedgerDatabase.withSession(try database.ownerOptions()) { session in
      for change in SQL.changes {
        let error = await failure { () async throws(PostgresError) in try await session.run(script: change) }
        guard case .server(let refusal) = error else {
          Issue.record("\(change.name) was carried out")
          continue
        }
        #expect(refusal.message.contains("written once and never changed"), "\(change.name)")
      }
    }
  }

  @Test func `whoever could change transactions is found out`() async throws {
    let database = try await LedgerDatabase.make()
    let owner = try await LedgerDatabase.withSession(try database.ownerOptions()) { session in
      try await session.run(script: SQL.grantEverything)
      return try await session.first(DescribePowers())
    }
    #expect(owner?.couldChangeTransactions == true)
    let service = try await LedgerDatabase.withSession(try database.options()) {
      try await $0.first(DescribePowers())
    }
    #expect(service?.couldChangeTransactions == true)
  }

  @Test func `what the URL asks for does not lift the role`() async throws {
    let database = try await LedgerDatabase.make()
    var options = try PostgresConnectionOptions(parsing: try database.url + "&options=-c%20role%3Dnone")
    options.serveLedger()
    let powers = try await LedgerDatabase.withSession(options) { try await $0.first(DescribePowers()) }
    #expect(powers?.role == RestrictedRole.name)
  }

  @Test func `a login that may not take the role is told what to grant`() async throws {
    let database = try await LedgerDatabase.make()
    try await LedgerDatabase.withSession(try database.ownerOptions()) {
      try await $0.run(script: SQL.makeLimitedLogin)
    }
    let url = try database.url.replacing("user=points", with: "user=limited_login")
    var options = try PostgresConnectionOptions(parsing: url)
    options.serveLedger()
    let error = await connecting(options)
    guard case .unsuitable(let reason) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.contains("GRANT points_service TO limited_login"))
  }
}

@Suite struct SchemaAdmissionTests {
  @Test func `a session is admitted to the schema this program knows only`() async throws {
    let database = try await LedgerDatabase.make()
    let options = try database.options()
    #expect(await connecting(options) == nil)

    let unmigrated = try await LedgerDatabase.makeUnmigrated()
    let refusal = await connecting(try unmigrated.options())
    #expect(refusal == .unsuitable(reason: SchemaStatus.unmigrated(Migration.all.map(\.name)).sentence))
  }

  @Test func `a newer schema that suits this program is borne, also by those who come later`() async throws {
    let database = try await LedgerDatabase.make()
    let running = try database.options()
    #expect(await connecting(running) == nil)
    try await database.pretendNewer(worksFrom: Migration.all.last?.number)
    #expect(await connecting(running) == nil)
    #expect(await connecting(try database.options()) == nil)
  }

  @Test func `a newer schema that takes away what this program needs is refused, to those who run as well`()
    async throws
  {
    let database = try await LedgerDatabase.make()
    let running = try database.options()
    #expect(await connecting(running) == nil)
    try await database.pretendNewer()
    for options in [running, try database.options()] {
      let refusal = await connecting(options)
      #expect(refusal == .unsuitable(reason: SchemaStatus.newer(name: "future").sentence))
    }
  }

  @Test func `a database that was restored without its grants says what to do`() async throws {
    let database = try await LedgerDatabase.make()
    try await database.run("revoke", "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM points_service")
    let refusal = await connecting(try database.options())
    #expect(refusal == .unsuitable(reason: SchemaStatus.ungranted.sentence))
    let owner = try database.ownerOptions()
    _ = try await onNewLoop { try await Migrator().migrate(owner, on: $0) }
    #expect(await connecting(try database.options()) == nil)
  }

  @Test func `a schema that lost a migration is refused`() async throws {
    let database = try await LedgerDatabase.make()
    try await LedgerDatabase.withSession(try database.ownerOptions()) {
      try await $0.run(script: SQL.forgetMigrations)
    }
    let missing = Migration.all.dropFirst().map(\.name)
    #expect(
      await connecting(try database.options())
        == .unsuitable(reason: SchemaStatus.unmigrated(missing).sentence))
  }
}

private func state(_ body: () async throws(PostgresError) -> Void) async -> SQLState? {
  await failure(body)?.state
}

private func failure(_ body: () async throws(PostgresError) -> Void) async -> PostgresError? {
  do throws(PostgresError) {
    try await body()
    return nil
  } catch {
    return error
  }
}

/// What keeps a session from being made.
private func connecting(_ options: PostgresConnectionOptions) async -> PostgresError? {
  do {
    try await LedgerDatabase.withSession(options) { _ in }
    return nil
  } catch {
    return error as? PostgresError
  }
}
