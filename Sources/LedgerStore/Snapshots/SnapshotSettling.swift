// Snapshots as they come to be. A row says what is to be taken; then one transaction ranks all who are
// listed, notes where each user is, adds up, and seals the row. Whatever ends a runner before its commit
// leaves the row as it was begun and nothing else; whoever comes next begins again from the row, and of two
// at once one does it and the other is told so.
package import Ledger
package import PostgresClient

/// Used on the loop of its pool only. The sessions of the pool must have the time that it takes
/// (`PostgresConnectionOptions.settleSnapshots`).
package struct SnapshotSettling: Sendable {
  /// How far it is; for whoever looks on.
  package enum Step: Sendable, CaseIterable {
    case begun, taken, ranked, indexed, sealed, committed
  }

  /// At most so many arrivals at once.
  package static let arrivalsMax = 5_000

  let pool: PostgresPool
  private let passed: @Sendable (Step) async -> Void

  package init(pool: PostgresPool, passed: @escaping @Sendable (Step) async -> Void = { _ in }) {
    self.pool = pool
    self.passed = passed
  }

  /// Begins and settles one that is taken from the ledger.
  package func take(_ plan: SnapshotPlan) async throws(PostgresError) -> SettlingOutcome {
    try await settle(try await begin(plan))
  }

  /// Gives the snapshot of this id, or of this close if another runner began it under another id: begun anew,
  /// or what was made of it meanwhile. One that failed is building again; what a mirror told of it before is
  /// forgotten.
  package func begin(_ plan: SnapshotPlan) async throws(PostgresError) -> Snapshot {
    var snapshot = try await insertUnlessPresent(plan)
    if case .failed = snapshot.state {
      try await pool.execute(ResumeSnapshot(id: snapshot.id))
      snapshot = try await insertUnlessPresent(plan)
    }
    if snapshot.state == .building, snapshot.plan.source == .live { snapshot = try await beginAnew(snapshot) }
    await passed(.begun)
    return snapshot
  }

  /// Begins another attempt at one that is being built: what a mirror told of it before is forgotten, and
  /// whoever still reads it adds nothing more. Gives it as it is if it is not being built any more.
  package func beginAnew(_ snapshot: Snapshot) async throws(PostgresError) -> Snapshot {
    guard let anew = try await pool.first(BeginAttempt(id: snapshot.id)) else {
      return try await pool.first(FindSnapshot(id: snapshot.id)) ?? snapshot
    }
    if anew.plan.source == .live { try await pool.execute(ClearArrivals(number: anew.number)) }
    return anew
  }

  /// Those that were begun, and that nobody seems to be taking.
  package func abandoned(limit: Int) async throws(PostgresError) -> [Snapshot] {
    try await pool.query(ListAbandoned(limit: limit))
  }

  /// Adds members that were read of the mirror, to a live snapshot that is building. A user may come again
  /// in another call: the newer version counts.
  package func add(
    _ arrivals: [SnapshotArrival], to snapshot: Snapshot
  ) async throws(PostgresError) {
    precondition(arrivals.count <= Self.arrivalsMax, "More members came at once than one call may add.")
    precondition(snapshot.plan.source == .live, "Members are added to live snapshots only.")
    var newest: [UserID: SnapshotArrival] = [:]
    for arrival in arrivals where newest[arrival.user].map({ $0.version < arrival.version }) ?? true {
      newest[arrival.user] = arrival
    }
    guard !newest.isEmpty else { return }
    let sorted = newest.values.sorted { $0.user < $1.user }
    try await pool.execute(
      InsertArrivals(number: snapshot.number, arrivals: sorted, attempt: snapshot.attempt))
  }

  /// Ranks, stores and seals. The position is that of the mirror, for a live one.
  package func settle(
    _ snapshot: Snapshot, position: Int64? = nil
  ) async throws(PostgresError) -> SettlingOutcome {
    let outcome = try await pool.transaction { transaction throws(PostgresError) -> SettlingOutcome? in
      guard let found = try await transaction.first(LockSnapshot(id: snapshot.id)) else { return .busy }
      switch found.state {
      case .building: break
      case .complete: return .complete(found)
      case .failed, .expired: return .ended(found)
      }
      // Another reads the mirror for it by now.
      guard found.plan.source == .ledger || found.attempt == snapshot.attempt else { return .busy }
      await passed(.taken)
      try await rank(found, position, in: transaction)
      guard try await stood(found.plan, in: transaction) else {
        transaction.giveUp()
        return nil
      }
      guard let sealed = try await transaction.first(CompleteSnapshot(number: found.number)) else {
        throw .unexpectedRowCount(0)
      }
      await passed(.sealed)
      return .complete(sealed)
    }
    guard let outcome else {
      try await fail(snapshot.id, because: Self.goneReason)
      return .ended(try await pool.first(FindSnapshot(id: snapshot.id)) ?? snapshot)
    }
    await passed(.committed)
    return outcome
  }

  private static let goneReason = "the period was stored, or its board removed, before this was taken"

  /// Says why it could not be taken; one that is complete stays so.
  package func fail(_ id: SnapshotID, because reason: String) async throws(PostgresError) {
    try await pool.execute(FailSnapshot(id: id, reason: reason))
  }

  /// Notes what came of holding it against the mirror; whether that was not known yet.
  @discardableResult
  package func note(
    _ comparison: Snapshot.Comparison, of id: SnapshotID
  ) async throws(PostgresError) -> Bool {
    try await pool.first(NoteComparison(id: id, comparison: comparison)) != nil
  }

  /// Notes why it was not held against the mirror; whether that was not known yet.
  @discardableResult
  package func note(notCompared reason: String, of id: SnapshotID) async throws(PostgresError) -> Bool {
    try await pool.first(NoteNotCompared(id: id, reason: reason)) != nil
  }

  // MARK: Steps

  /// Looks first: whoever inserts beside a row that is being settled waits until that is over.
  private func insertUnlessPresent(_ plan: SnapshotPlan) async throws(PostgresError) -> Snapshot {
    if let present = try await present(plan) { return present }
    try await pool.execute(BeginSnapshot(plan: plan))
    guard let present = try await present(plan) else { throw .unexpectedRowCount(0) }
    return present
  }

  private func present(_ plan: SnapshotPlan) async throws(PostgresError) -> Snapshot? {
    if let same = try await pool.first(FindSnapshot(id: plan.id)) { return same }
    guard plan.purpose == .close, let period = plan.period else { return nil }
    return try await pool.first(FindClose(board: plan.board.key, period: period.number))
  }

  private func rank(
    _ snapshot: Snapshot, _ position: Int64?, in transaction: PostgresTransaction
  ) async throws(PostgresError) {
    let number = snapshot.number
    try await transaction.execute(SettleSnapshot(number: number, plan: snapshot.plan, position: position))
    if snapshot.plan.source == .live { try await transaction.execute(ClearArrivals(number: number)) }
    await passed(.ranked)
    try await transaction.execute(IndexSnapshot(number: number))
    await passed(.indexed)
  }

  /// Asked after it was ranked. Places of accounts go once their period is stored, so if it is not stored by
  /// now, they were all there. A close is taken before that, and is what it waits for.
  private func stood(
    _ plan: SnapshotPlan, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> Bool {
    guard plan.purpose != .close, plan.source == .ledger, let period = plan.period,
      case .defined(let board) = plan.board.key
    else { return true }
    return try await transaction.first(FindCountingPeriod(board: board, number: period.number)) != nil
  }
}

package enum SettlingOutcome: Sendable, Equatable {
  /// It is there, taken now or before.
  case complete(Snapshot)
  /// Another runner is at it.
  case busy
  /// It failed, or its time is over already.
  case ended(Snapshot)
}

extension PostgresConnectionOptions {
  /// Gives sessions what ranking a million members takes: time, memory for the sort, and plans for what the
  /// tables are like now. A plan that looks up one account after the other would never come to an end. With
  /// more memory a million would be sorted more slowly: runs that fit into the processor's cache cost less.
  package mutating func settleSnapshots() {
    statementTimeout = .seconds(600)
    // Between two statements a plan of a million lines is sorted, for seconds on a busy machine.
    idleInTransactionTimeout = .seconds(60)
    settings += [
      ("work_mem", "16MB"), ("enable_nestloop", "off"), ("plan_cache_mode", "force_custom_plan"),
      ("jit", "off"),
    ]
  }
}
