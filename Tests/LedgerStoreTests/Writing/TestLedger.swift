// A migrated database of a test's own, its types, and lanes into it.
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

struct TestLedger: Sendable {
  let database: LedgerDatabase
  /// Enabled types, by name: `points` and `gems`; `closed` is disabled.
  let types: [String: PointTypeID]

  var points: PointTypeID {
    get throws { try #require(types["points"]) }
  }

  /// The user `eve` is disabled.
  static func make() async throws -> TestLedger {
    let database = try await LedgerDatabase.make()
    let types = try await LedgerDatabase.withSession(try database.ownerOptions()) { session in
      try await session.run(script: prepare)
      return try await session.query(TypeIDs())
    }
    return TestLedger(database: database, types: Dictionary(uniqueKeysWithValues: types))
  }

  func contents() async throws -> LedgerContents {
    try await LedgerContents.read(try database.ownerOptions())
  }

  /// As the owner, on a connection of its own.
  func run(_ name: String, _ script: String) async throws {
    try await LedgerDatabase.withSession(try database.ownerOptions()) {
      try await $0.run(script: SQL.script(name, script))
    }
  }

  /// Runs the body with so many workers, which to the ledger are so many processes.
  func withLanes<Value: Sendable>(
    _ count: Int = 1, _ change: (inout LaneOptions) -> Void = { _ in },
    connection: (inout PostgresConnectionOptions) -> Void = { _ in },
    project: @escaping LedgerLanes.Project = { _ in [] },
    _ body: @Sendable ([TestLane]) async throws -> Value
  ) async throws -> Value {
    var options = LaneOptions.forTests
    change(&options)
    var connectionOptions = try database.options(application: "lane")
    connection(&connectionOptions)
    var lanes: [TestLane] = []
    for _ in 0..<count {
      lanes.append(try await TestLane.start(options, connectionOptions, project: project))
    }
    let outcome: Result<Value, any Error>
    do { outcome = .success(try await body(lanes)) } catch { outcome = .failure(error) }
    for lane in lanes { await lane.stop() }
    return try outcome.get()
  }

  private static let prepare = SQL.script(
    "prepare_types",
    """
    INSERT INTO point_types (name, display_name, enabled)
    VALUES ('gems', 'Gems', true), ('closed', 'Closed', false);
    INSERT INTO users (id, enabled) VALUES ('eve', false);
    UPDATE settings SET generation = generation + 1;
    """)
}

private struct TypeIDs: PostgresStatement {
  static let sql = SQL.script("type_ids", "SELECT name, id FROM point_types")

  static func decode(
    _ row: borrowing PostgresRow
  ) throws(PostgresDecodingError) -> (String, PointTypeID) {
    let id = try row.value(1, as: PostgresUUID.self)
    return (try row.value(0), PointTypeID(UUIDBits(high: id.high, low: id.low)))
  }
}
