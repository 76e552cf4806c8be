// A ledger whose boards are tried: processes that may do to them whatever there is to do, at instants that
// the test chooses, several things at a time; and all that is known afterwards of what was posted and
// defined.
import Boards
import Calendar
import Ledger
import LedgerStore
import PostgresClient
import Synchronization
import TestSupport

final class BoardWorld: Sendable {
  let processes: [BoardProcess]
  let type: PointTypeID
  private let known = Mutex(Known())

  private struct Known {
    var transactions: [Transaction] = []
    var definitions: [Int32: BoardDefinition] = [:]
    var story: [String] = []
    var latest = Int64.min
  }

  init(_ processes: [BoardProcess]) async throws {
    self.processes = processes
    let first = processes[0]
    let found = try await first.run { first.catalog.type(PointType.defaultName)?.id }
    guard let found else { throw NoType() }
    type = found
  }

  private struct NoType: Error {}

  /// A database, a zone, and a time near which its clocks are changed.
  static func place(_ random: inout SeededGenerator) throws -> (zone: String, start: Int64) {
    let place = BoardPlan.places.randomElement(using: &random) ?? BoardPlan.places[0]
    let (year, month, day) = place.day
    let days = CivilDate(year: year, month: month, day: day)?.daysSince1970 ?? 20_000
    return (place.zone, Int64(days) * 86_400_000_000 + .random(in: -60...20, using: &random) * 3_600_000_000)
  }

  // MARK: What is known

  var transactions: [Transaction] { known.withLock { $0.transactions } }
  var definitions: [Int32: BoardDefinition] { known.withLock { $0.definitions } }
  var story: String { known.withLock { $0.story.joined(separator: "; ") } }

  func tell(_ what: String) { known.withLock { $0.story.append(what) } }

  func note(_ definitions: [BoardDefinition]) {
    known.withLock { known in
      for definition in definitions { known.definitions[definition.number] = definition }
    }
  }

  private func note(_ receipts: [Receipt]) {
    known.withLock { known in
      for receipt in receipts { known.transactions += receipt.transactions }
    }
  }

  // MARK: Time

  var now: Int64 {
    get async throws {
      let first = processes[0]
      return try await first.run { try await first.pool.first(LookAtClock()) ?? 0 }
    }
  }

  func passTime(_ draw: inout BoardDraw) async throws {
    let now = try await now
    let latest = known.withLock { known in
      known.latest = max(known.latest, now)
      return known.latest
    }
    let bounds = try await bounds(after: now)
    try await set(draw.next(after: now, latest: latest, bounds: bounds))
  }

  func set(_ instant: Int64) async throws {
    let first = processes[0]
    try await first.run { _ = try await first.pool.first(SetClock(to: instant)) }
    tell("-> \(Instant(microseconds: instant))")
  }

  /// The next ends of periods that are open, and of their graces.
  private func bounds(after now: Int64) async throws -> [Int64] {
    let first = processes[0]
    let ends = try await first.run { try await first.pool.query(ReadOpenEnds()) }
    return ends.filter { $0 > now }.sorted()
  }

  private struct ReadOpenEnds: PostgresStatement {
    static var isReadOnly: Bool { true }
    static let sql = PostgresSQL(
      "read_open_ends",
      Array(
        """
        SELECT (extract(epoch FROM at) * 1000000)::bigint
        FROM periods p JOIN boards b ON b.id = p.board_id,
          unnest(ARRAY[p.starts_at, p.ends_at, p.ends_at + b.grace_seconds * interval '1 second']) AS at
        WHERE p.state = 'open' AND isfinite(at)
        """.utf8))

    static func decode(_ row: borrowing PostgresRow) throws(PostgresDecodingError) -> Int64 {
      try row.value(0)
    }
  }

  // MARK: Actions

  /// All at once, each in one of the processes.
  func perform(_ actions: [(action: BoardAction, process: BoardProcess)]) async throws {
    tell(actions.map { "\($0.action)" }.joined(separator: " & "))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (action, process) in actions {
        group.addTask { [self] in try await process.run { [self] in try await perform(action, process) } }
      }
      try await group.waitForAll()
    }
  }

  private func perform(_ action: BoardAction, _ process: BoardProcess) async throws {
    switch action {
    case .post(let drafts):
      let now = try await process.pool.first(LookAtClock()) ?? 0
      note(await process.post(drafts.map { posting in posting.map { leg($0, at: now) } }))
    case .takeBack(let pick, let amount, let allowsPartial):
      try await takeBack(pick, amount, allowsPartial, process)
    case .define(let plan): try await define(plan, process)
    case .remove(let pick):
      if let board = board(pick, process) { _ = try await process.registry.remove(board.definition.id) }
    case .moveEnd(let pick, let by): try await moveEnd(pick, by, process)
    case .announce(let pick, let after, let length): try await announce(pick, after, length, process)
    case .enable(let user, let isEnabled): try await process.put(user, isEnabled: isEnabled)
    // Definitions may be busy for long; who is late comes again.
    case .close: do { try await process.close() } catch { tell("(\(error))") }
    case .fill: do { try await process.fill() } catch { tell("(\(error))") }
    case .fillStep: try await process.fillStep()
    case .look: await process.look()
    case .follow: await process.follow()
    case .deliver: await process.mail.deliver()
    }
    note(process.catalog.boards.all.map(\.definition))
  }

  private func leg(_ draft: BoardAction.Draft, at now: Int64) -> Leg {
    var details = TransactionDetails()
    details.category = draft.category
    details.occurredAt = draft.ago.map { Instant(microseconds: now - $0) }
    return Leg(
      account: AccountKey(user: draft.user, pointType: type),
      change: draft.isCredit ? .credit(draft.amount) : .debit(draft.amount), kind: draft.kind,
      details: details)
  }

  private func takeBack(
    _ pick: Int, _ amount: Int64?, _ allowsPartial: Bool, _ process: BoardProcess
  ) async throws {
    // The later ones more often: of earlier ones nothing may be left, or nothing may count.
    let all = transactions.filter { $0.reverses == nil }.suffix(pick % 2 == 0 ? 10 : .max)
    guard !all.isEmpty else { return }
    let chosen = all[all.startIndex + pick / 2 % all.count]
    guard let original = try await process.reversible(chosen.id) else { return }
    let change = Leg.Change.reversal(
      Reversal(original: original, amount: amount, allowsPartial: allowsPartial))
    let leg = Leg(account: chosen.account, change: change, kind: .reversal, details: TransactionDetails())
    note(await process.post([[leg]]))
  }

  // MARK: Definitions

  private func board(_ pick: Int, _ process: BoardProcess) -> DefinedBoard? {
    let all = process.catalog.boards.all
    return all.isEmpty ? nil : all[pick % all.count]
  }

  private func define(_ plan: BoardPlan, _ process: BoardProcess) async throws {
    let outcome = try await process.registry.create(
      plan.name, of: type, plan.traits, categories: plan.categories, seasons: plan.seasons)
    if case .created(let boards) = outcome { note(boards.map(\.definition)) }
  }

  private func moveEnd(_ pick: Int, _ by: Int64?, _ process: BoardProcess) async throws {
    guard let board = board(pick, process) else { return }
    let id = board.definition.id
    let now = try await process.pool.first(LookAtClock()) ?? 0
    let periods = try await process.registry.periods(of: id, limit: 20)
    guard let present = periods.last(where: { $0.start.microseconds <= now && now < $0.end.microseconds })
    else { return }
    let wanted = by.map { Instant(microseconds: present.end.microseconds &+ $0) }
    _ = try await process.registry.move(endOf: present.label, of: id, to: wanted)
  }

  private func announce(
    _ pick: Int, _ after: Int64, _ length: Int64, _ process: BoardProcess
  ) async throws {
    guard let board = board(pick, process), board.definition.traits.rule == .seasons else { return }
    let id = board.definition.id
    let last = try await process.registry.periods(of: id, limit: 1).first
    let now = try await process.pool.first(LookAtClock()) ?? 0
    let start = max(last?.end.microseconds ?? now, now + 1_000_000) + after
    let season = Season(
      label: "s\((last?.number ?? 0) + 100)", start: Instant(microseconds: start),
      end: Instant(microseconds: start + length))
    _ = try await process.registry.announce(season, on: id)
  }
}
