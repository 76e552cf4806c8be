// Changes that are rolled back because of others: tried a second time, and not a third.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite(.serialized) struct SecondTryTests {
  @Test(arguments: [("40001", 1), ("40P01", 1), ("40001", 2), ("40P01", 2), ("23514", 1)])
  func `a change is tried again once if others were in its way, and only then`(
    state: String, failures: Int
  ) async throws {
    let database = try await LedgerDatabase.make()
    for table in ["users", "point_types"] { try await database.fail(table, with: state, times: failures) }
    let isHealed = state.hasPrefix("40") && failures == 1
    try await withLedger(in: database) { ledger in
      let ada = UserID(stored: "ada")
      do throws(PostgresError) {
        let put = try await ledger.users.put(ada, UserTraits(displayName: "Ada"))
        #expect(isHealed && put.isNew)
        #expect(try await ledger.users.get(ada) == put.user)
      } catch {
        #expect(!isHealed && error.state?.rawValue == state)
      }
      do throws(PostgresError) {
        let made = try await ledger.types.create("gems", PointTypeTraits(displayName: "Gems"))
        guard case .created = made else { throw .unexpectedRowCount(0) }
        #expect(isHealed)
      } catch {
        #expect(!isHealed && error.state?.rawValue == state)
      }
      // A second failure was met by the second try; there was no third to succeed.
      let again = try await ledger.users.put(ada, UserTraits(displayName: "Ada"))
      #expect(again.isNew == !isHealed)
    }
  }

  @Test func `a name that meets a deadlock is put all the same`() async throws {
    let database = try await LedgerDatabase.make()
    // Who has waited so long looks whether he waits for ever. Time enough for both to wait on a busy machine.
    try await database.run(
      "look_for_deadlocks", "ALTER DATABASE \(database.name) SET deadlock_timeout = '5s'")
    try await withLedger(in: database) { ledger in
      let key = try await ledger.key("ada")
      try await ledger.award(1, to: key)
      let other = try await PostgresSession.connect(try database.ownerOptions(), on: ledger.loop)
      defer { other.close() }
      try await other.run(
        script: SQL.script("look_for_no_deadlock", "SET deadlock_timeout = '60s'"))
      let put = OneShot<PostgresError?>()
      try await other.transaction { transaction throws(PostgresError) in
        try await transaction.run(script: SQL.script("hold_account", "SELECT FROM accounts FOR UPDATE"))
        ledger.loop.spawn {
          do throws(PostgresError) {
            _ = try await ledger.users.put(key.user, UserTraits(displayName: "Ada"))
            put.fulfil(nil)
          } catch {
            put.fulfil(error)
          }
        }
        let deadline = ContinuousClock.now + .seconds(20)
        while try await ledger.pool.query(LockWaiters()) == [0] {
          guard ContinuousClock.now < deadline else {
            Issue.record("nobody waits for the account")
            break
          }
        }
        // Now each waits for the other; the one that looks first is rolled back.
        try await transaction.run(script: SQL.script("hold_user", "SELECT FROM users FOR UPDATE"))
      }
      #expect(await put.value() == nil)
      #expect(try await ledger.reader.account(key)?.displayName == "Ada")
    }
  }
}

extension LedgerDatabase {
  /// Has the first writes to the table fail. A sequence counts them, for it is never rolled back.
  fileprivate func fail(_ table: String, with state: String, times: Int) async throws {
    try await run(
      "fail_writes",
      """
      CREATE SEQUENCE \(table)_writes;
      CREATE FUNCTION fail_\(table)() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        IF nextval('public.\(table)_writes') <= \(times) THEN
          RAISE EXCEPTION 'others were in the way' USING ERRCODE = '\(state)';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER fail_writes BEFORE INSERT ON \(table) FOR EACH ROW EXECUTE FUNCTION fail_\(table)()
      """)
  }
}
