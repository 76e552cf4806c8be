// Snapshots of a database of a test's own: who settles them, who reads them, and who removes them.
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import TestSupport

/// Used on its loop only, like what it holds.
final class SnapshotsUnderTest: @unchecked Sendable {
  let database: LedgerDatabase
  let loop: EventLoop
  let settlingPool: PostgresPool
  let readingPool: PostgresPool
  let settling: SnapshotSettling
  let revising: SnapshotRevising
  let reader: SnapshotReader
  let retention: SnapshotRetention
  let type: PointTypeID

  init(
    _ database: LedgerDatabase, settling settlingPool: PostgresPool, reading pool: PostgresPool,
    type: PointTypeID
  ) {
    self.database = database
    loop = pool.loop
    self.settlingPool = settlingPool
    settling = SnapshotSettling(pool: settlingPool)
    revising = SnapshotRevising(pool: settlingPool)
    readingPool = pool
    reader = SnapshotReader(pool: pool)
    retention = SnapshotRetention(pool: pool)
    self.type = type
  }

  /// Takes it, which nothing is in the way of.
  func take(_ plan: SnapshotPlan) async throws -> Snapshot {
    let outcome = try await settling.take(plan)
    guard case .complete(let snapshot) = outcome else { throw Surprise(what: "\(outcome)") }
    return snapshot
  }

  func entries(of snapshot: Snapshot, pageSize: Int = 7) async throws -> [SnapshotEntry] {
    var entries: [SnapshotEntry] = []
    try await reader.stream(snapshot.number, pageSize: pageSize) { entries += $0 }
    return entries
  }

  /// What a query of one number says, asked by the owner.
  func count(_ query: String) async throws -> Int64 {
    try await LedgerDatabase.withSession(try database.ownerOptions()) { session in
      try await session.run(
        script: PostgresSQL("view", Array("CREATE OR REPLACE TEMP VIEW counted AS \(query)".utf8)))
      return try await session.first(CountView()) ?? -1
    }
  }

  private struct CountView: PostgresStatement {
    static let sql = PostgresSQL("count_view", Array("SELECT n::bigint FROM counted AS c (n)".utf8))

    static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
      try row.value(0)
    }
  }
}

/// Runs the body with the snapshots of a database, on a loop of its own.
func withSnapshots(
  in database: LedgerDatabase? = nil, _ body: @escaping @Sendable (SnapshotsUnderTest) async throws -> Void
) async throws {
  let chosen = if let database { database } else { try await LedgerDatabase.make() }
  let options = try chosen.options()
  var patient = try chosen.options(application: settlerName)
  patient.settleSnapshots()
  let settlingOptions = patient
  try await onNewLoop { loop in
    let pools = [settlingOptions, options].map { PostgresPool($0, .forTests(sessionsMax: 2), on: loop) }
    let ends = pools.map { pool in
      let end = OneShot<Void>()
      loop.spawn {
        await pool.run()
        end.fulfil(())
      }
      return end
    }
    let outcome: Result<Void, any Error>
    do {
      guard let type = try await pools[1].first(FindOnlyType()) else { throw Surprise(what: "no type") }
      outcome = .success(
        try await body(SnapshotsUnderTest(chosen, settling: pools[0], reading: pools[1], type: type)))
    } catch {
      outcome = .failure(error)
    }
    for pool in pools { await pool.close(within: .seconds(1)) }
    for end in ends { await end.value() }
    try outcome.get()
  }
}

/// By which the sessions of those who settle are found and ended.
let settlerName = "settler under test"

private struct FindOnlyType: PostgresStatement {
  static let sql = PostgresSQL("find_only_type", Array("SELECT id FROM point_types".utf8))

  static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> PointTypeID {
    let id: PostgresUUID = try row.value(0)
    return PointTypeID(UUIDBits(high: id.high, low: id.low))
  }
}
