// Changes of definitions while a transaction that takes long holds them as they are.
import EventLoop
import Ledger
import PostgresClient
import TestSupport
import Testing

@testable import LedgerStore

struct HeldDefinitionsTests {
  private static let gems = PointTypeTraits(displayName: "Gems")

  @Test func `a change comes again when it could not have the definitions, and others write meanwhile`()
    async throws
  {
    let database = try await LedgerDatabase.make()
    try await withLedger(in: database) { ledger in
      let key = try await ledger.key("ada")
      let created = OneShot<Result<PointTypeCreation, PostgresError>>()
      try await Self.holdingDefinitions(of: database, ledger) {
        ledger.loop.spawn {
          do throws(PostgresError) {
            created.fulfil(.success(try await ledger.types.create("gems", Self.gems)))
          } catch {
            created.fulfil(.failure(error))
          }
        }
        try await Self.untilWaiters(1, ledger)
        try await Self.untilWaiters(0, ledger)
        // All of that while the definitions are still held.
        try await ledger.award(5, to: key)
      }
      guard case .created(let type) = try await created.value().get() else {
        throw Surprise(what: "not created")
      }
      #expect(type.name == "gems" && ledger.catalog.type("gems") == type)
      #expect(try await ledger.reader.account(key)?.account.balance == 5)
    }
  }

  @Test func `who never gets them is refused in a few seconds, and nothing is changed`() async throws {
    let database = try await LedgerDatabase.make()
    try await withLedger(in: database) { ledger in
      _ = try await ledger.type()
      let generation = ledger.catalog.generation
      try await Self.holdingDefinitions(of: database, ledger) {
        let begin = ContinuousClock.now
        await #expect { try await ledger.types.create("gems", Self.gems) } throws: { error in
          (error as? PostgresError)?.state == .lockNotAvailable
        }
        // Four waits of half a second, and three pauses as long.
        #expect(ContinuousClock.now - begin >= .seconds(3.5))
      }
      #expect(try await ledger.catalog.refresh(from: ledger.pool) == false)
      #expect(ledger.catalog.generation == generation && ledger.catalog.type("gems") == nil)
    }
  }

  /// Runs the body while a transaction of somebody else holds the definitions as they are.
  private static func holdingDefinitions(
    of database: LedgerDatabase, _ ledger: LedgerUnderTest, _ body: () async throws -> Void
  ) async throws {
    let session = try await PostgresSession.connect(try database.ownerOptions(), on: ledger.loop)
    defer { session.close() }
    try await session.run(
      script: SQL.script("hold", "BEGIN; SELECT pg_advisory_xact_lock_shared(88282310464595)"))
    try await body()
    try await session.run(script: SQL.script("let_go", "COMMIT"))
  }

  private static func untilWaiters(_ count: Int64, _ ledger: LedgerUnderTest) async throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while try await ledger.pool.query(LockWaiters()) != [count] {
      guard ContinuousClock.now < deadline else { throw Surprise(what: "not \(count) waiters") }
    }
  }
}
