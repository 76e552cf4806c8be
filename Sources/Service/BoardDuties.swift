// What keeps defined boards going: their periods are laid down ahead, closed when they are over, and stored;
// and new boards are filled. All of it may be done twice or half, by any process.
import API
import BoardStore
import Boards
import Calendar
import EventLoop
import Jobs
import Ledger
import LedgerStore
import PostgresClient
import Verification

/// Used on the loop of the worker that runs jobs for its process.
final class BoardDuties: @unchecked Sendable {
  static let closing = PlannedJob(
    "close-periods", at: "@every 1s", "Closes the periods of boards that are over, and stores their ranks.")
  static let filling = PlannedJob(
    "fill-boards", at: "@every 1s", "Fills new boards with what was posted before they were defined.")

  /// Shows accounts to mirrors.
  typealias Show = @Sendable ([NamedAccount]) async -> Void

  private let boards: BoardStore
  private let categories: [String]
  private let registry: BoardRegistry
  private let keeper: PeriodKeeper
  private let closer: PeriodCloser
  private let filler: BoardFiller
  private let settling: SnapshotSettling
  private let comparing: SnapshotComparing
  private let tally: SnapshotTally
  private let catalog: PointTypeCatalog
  private let show: Show
  private var told = Told(connection: 0)

  /// What Redis was told over one connection.
  private struct Told {
    let connection: Int
    /// From which period on it keeps each board, by number; nil for nothing of it.
    var kept: [Int32: Int32?] = [:]
    /// Of the definitions that were looked through for boards that are gone.
    var generation: Int64 = 0
  }
  private let loop: EventLoop
  /// Until then a run holds what it stored against Redis. A mirror that answers slowly holds up the ends of
  /// periods so long, and no longer.
  private var comparingEnd: MonotonicInstant?
  private static let comparingMost = Duration.seconds(60)

  init(
    pool: PostgresPool, settling: PostgresPool, comparing: SnapshotComparing, tally: SnapshotTally,
    catalog: PointTypeCatalog, boards: BoardStore, categories: [String], zones: TimeZoneFiles,
    show: @escaping Show
  ) {
    loop = pool.loop
    self.boards = boards
    self.catalog = catalog
    self.show = show
    self.categories = categories
    registry = BoardRegistry(pool: pool, catalog: catalog, zones: zones)
    keeper = PeriodKeeper(pool: pool, catalog: catalog, zones: zones)
    closer = PeriodCloser(pool: pool, catalog: catalog)
    filler = BoardFiller(pool: pool, catalog: catalog)
    self.settling = SnapshotSettling(pool: settling)
    self.comparing = comparing
    self.tally = tally
  }

  func duties(_ timetable: Timetable) -> [Duty] {
    [
      Duty(Self.closing.title, schedule: timetable.schedule(of: Self.closing.title.name)) {
        [self] _ throws(JobFailure) in try await close()
      },
      Duty(Self.filling.title, schedule: timetable.schedule(of: Self.filling.title.name)) {
        [self] progress throws(JobFailure) in try await fill(progress)
      },
    ]
  }

  // MARK: Periods

  private func close() async throws(JobFailure) -> JobOutcome {
    comparingEnd = loop.clock.now + Self.comparingMost
    let (laid, outcome) = try await JobFailure.explaining { () async throws(PostgresError) in
      let laid = try await keeper.keepAhead()
      try await defineByCategory()
      let outcome = try await closer.closeDue { board, period throws(PostgresError) in
        try await self.store(board, period)
      }
      return (laid, outcome)
    }
    await forget()
    guard outcome.failed == 0 else {
      throw .failed("\(outcome.failed) periods could not be stored; their rows tell why")
    }
    return JobOutcome(
      "\(outcome.frozen.count) periods were closed and stored, \(laid) laid down",
      counts: [JobCount("closed", Int64(outcome.frozen.count)), JobCount("laidDown", Int64(laid))])
  }

  private var comparingLeft: Duration { comparingEnd?.remaining(from: loop.clock.now) ?? .zero }

  /// The default type has a board of what is earned in each configured category.
  private func defineByCategory() async throws(PostgresError) {
    guard !categories.isEmpty, let type = catalog.type(PointType.defaultName) else { return }
    _ = try await registry.complete(
      BoardChoice.byCategory, of: type.id, BoardTraits(displayName: "By category", metric: .earned),
      categories: categories)
  }

  private func store(
    _ board: DefinedBoard, _ period: BoardPeriod
  ) async throws(PostgresError) -> PeriodCloser.Stored {
    let (definition, traits) = (board.definition, board.definition.traits)
    let plan = SnapshotPlan.close(
      of: definition.id,
      SnapshotBoard(
        pointType: definition.pointType, key: .defined(definition.id), name: definition.name,
        category: definition.category),
      period: SnapshotPlan.Period(number: period.number, label: period.label), endingAt: period.end,
      slot: SlotKey(board: definition.number, period: period.number), order: traits.order,
      eligibility: traits.eligibility)
    switch try await settling.take(plan) {
    case .complete(let snapshot):
      if snapshot.isToBeCompared { tally.took(.close) }
      // Redis forgets the period as soon as it is stored.
      await comparing.compare(snapshot, within: comparingLeft)
      return .snapshot(snapshot.id)
    case .busy: return .elsewhere
    case .ended(let snapshot):
      if case .failed(let reason) = snapshot.state { return .failed(reason) }
      return .snapshot(snapshot.id)
    }
  }

  /// Tells Redis what is not mirrored any more. What it was told by other processes, or over another
  /// connection, with which it may have lost it, it is told again, which changes nothing.
  private func forget() async {
    if told.connection != boards.connection { told = Told(connection: boards.connection) }
    for (type, boards) in catalog.boards.live {
      for board in boards where board.firstPeriod > .min {
        guard await keep(from: board.firstPeriod, of: board.number, type) else { return }
      }
    }
    let generation = catalog.generation
    guard told.generation != generation, let removed = try? await registry.removedLately() else { return }
    for board in removed {
      guard await keep(from: nil, of: board.number, board.pointType) else { return }
    }
    told.generation = generation
  }

  /// Has Redis keep the periods of a board from there on, or nothing of it; whether it knows.
  private func keep(from first: Int32?, of board: Int32, _ type: PointTypeID) async -> Bool {
    guard told.kept[board] != .some(first) else { return true }
    let last = SlotKey(board: board, period: first.map { $0 - 1 } ?? .max)
    guard (try? await boards.retire(type, last)) != nil else { return false }
    told.kept[board] = .some(first)
    return true
  }

  // MARK: Filling

  private func fill(_ progress: JobProgress) async throws(JobFailure) -> JobOutcome {
    var (entries, accounts, finished) = (0, 0, 0)
    var (visited, total) = (Int64(0), Int64?.none)
    while !Task.isCancelled {
      let step = try await JobFailure.explaining { () async throws(PostgresError) in try await filler.step() }
      entries += step.entries
      accounts += step.accounts.count
      finished += step.finished.count
      if !step.accounts.isEmpty { await show(step.accounts) }
      visited += Int64(step.visited)
      if total == nil, visited > 0 { total = try? await visited + filler.remaining() }
      progress.tell(done: visited, of: total)
      if !step.isMore { break }
    }
    guard !Task.isCancelled else { throw .interrupted }
    return JobOutcome(
      "\(finished) boards were filled with \(entries) transactions of \(accounts) accounts",
      counts: [JobCount("boards", Int64(finished)), JobCount("transactions", Int64(entries))])
  }
}
