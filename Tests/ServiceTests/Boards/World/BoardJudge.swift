import BoardStore
// Whether boards are what they must be: the places on the rows of accounts, the snapshots of what is closed,
// and what each process reads of Redis, against the fold of all transactions.
import Boards
import Ledger
import PostgresClient
import RedisClient
import TestSupport

struct BoardJudge {
  let world: BoardWorld
  private let first: BoardProcess
  private let fold: [SlotKey: [FoldedSlot]]
  private let periods: [StoredPeriod]
  private let rows: [FoldedSlot]
  private let closed: [SlotKey: [RankedRow]]
  private let standings: [UserID: [(since: Int64, isEnabled: Bool)]]

  init(_ world: BoardWorld) async throws {
    let first = world.processes[0]
    (self.world, self.first) = (world, first)
    let read = try await first.run {
      (
        fold: try await first.pool.query(FoldBoards()),
        periods: try await first.pool.query(ReadStoredPeriods()),
        rows: try await first.pool.query(ReadSlotsOfRows()),
        closed: try await first.pool.query(ReadClosedEntries()),
        standings: try await first.pool.query(ReadStandingsOfUsers())
      )
    }
    fold = Dictionary(grouping: read.fold, by: \.key)
    (periods, rows) = (read.periods, read.rows)
    closed = Dictionary(grouping: read.closed, by: \.key).mapValues { $0.map(\.row) }
    standings = Dictionary(grouping: read.standings, by: \.user).mapValues { changes in
      changes.map { ($0.since, $0.isEnabled) }
    }
  }

  /// How many places there are to be right about.
  var size: (live: Int, closed: Int) {
    (
      open.reduce(0) { $0 + (fold[$1.key]?.count ?? 0) },
      periods.filter { $0.state == "frozen" }.reduce(0) { $0 + (fold[$1.key]?.count ?? 0) }
    )
  }

  private var present: [StoredPeriod] { periods.filter { $0.boardState != "removed" } }
  /// What is counted on, and shown live.
  private var open: [StoredPeriod] {
    present.filter { ["open", "closing", "failed"].contains($0.state) }
  }

  // MARK: The ledger

  /// What is still to be done, if anything.
  var unfinished: [String] {
    present.filter { $0.boardState != "ready" || $0.isDue && $0.state != "frozen" }.map { period in
      "\(period.key): a \(period.boardState) board, \(period.state)"
    }
  }

  func ledgerFaults() -> [String] { rowFaults() + snapshotFaults() + modelFaults() }

  private func rowFaults() -> [String] {
    let places = Dictionary(grouping: rows, by: \.key)
    return open.flatMap { period -> [String] in
      difference(Set(places[period.key] ?? []), Set(fold[period.key] ?? []), "rows, \(period.key)")
    }
  }

  private func snapshotFaults() -> [String] {
    periods.filter { $0.state == "frozen" }.flatMap { period -> [String] in
      guard let ranking = ranking(period.key.board) else { return ["\(period.key) has no board"] }
      let end = period.end ?? .max
      let expected = ranking.rows(of: fold[period.key] ?? []) { isEnabled($0, before: end) }
      let stored = closed[period.key] ?? []
      var faults =
        stored == expected
        ? [] : ["snapshot of \(period.key) until \(end): \(stored) for \(expected), \(ranking.traits)"]
      if period.members != Int64(expected.count) { faults.append("members of \(period.key)") }
      if period.sum != "\(expected.reduce(0) { $0 + $1.score })" { faults.append("sum of \(period.key)") }
      return faults
    }
  }

  /// What was answered to those who posted, folded by the model.
  private func modelFaults() -> [String] {
    let boards = Dictionary(grouping: present, by: \.key.board).compactMap { number, periods in
      world.definitions[number].map { scored($0, periods) }
    }
    let histories = Dictionary(grouping: world.transactions, by: \.account.user)
    var slots: [FoldedSlot] = []
    for (user, history) in histories {
      let model = SlotModel(boards: boards, history: history.sorted { $0.version < $1.version })
      slots += model.slots.map {
        FoldedSlot(
          user: user, key: $0.key, score: $0.score, reachedAt: $0.reachedAt.microseconds, count: $0.count)
      }
    }
    let folded = boards.flatMap { board in
      board.periods.map { SlotKey(board: board.number, period: $0.number) }
    }
    .flatMap { fold[$0] ?? [] }
    return difference(Set(folded), Set(slots), "fold against model")
  }

  private func scored(_ definition: BoardDefinition, _ periods: [StoredPeriod]) -> ScoredBoard {
    ScoredBoard(
      number: definition.number, metric: definition.traits.metric, filter: definition.traits.filter,
      grace: definition.traits.graceSeconds * 1_000_000,
      periods: periods.map {
        ScoredBoard.Period(
          number: $0.key.period, start: Instant(microseconds: $0.start ?? .min),
          end: Instant(microseconds: $0.end ?? .max))
      },
      laidDownUntil: Instant(microseconds: .max))
  }

  // MARK: The mirror

  /// As one process reads it.
  func mirrorFaults(_ process: BoardProcess) async throws -> [String] {
    let judge = self
    return try await process.run { await judge.mirrorFaultsHere(process) }
  }

  private func mirrorFaultsHere(_ process: BoardProcess) async -> [String] {
    var faults: [String] = []
    var keys: Set<[UInt8]> = []
    let state = try? await process.boards.markers(of: [world.type]).first
    guard let epoch = state?.epochs.live else { return ["no mirror"] }
    for period in open {
      guard let ranking = ranking(period.key.board) else { return ["\(period.key) has no board"] }
      let expected = ranking.rows(of: fold[period.key] ?? []) { isEnabled($0, before: .max) }
      faults += await pageFaults(process, period.key, ranking, expected)
      guard !expected.isEmpty else { continue }
      keys.insert(epoch.members(of: period.key))
      if ranking.traits.order.style == .dense { keys.insert(epoch.scores(of: period.key)) }
    }
    return faults + (await keyFaults(process, keys))
  }

  private func pageFaults(
    _ process: BoardProcess, _ key: SlotKey, _ ranking: BoardRanking, _ expected: [RankedRow]
  ) async -> [String] {
    let answer = await process.boards.page(
      of: world.type, .slot(key, ranking.traits.order), offset: 0, limit: 1_000, withStatistics: true)
    guard case .value(let page, _) = answer else { return ["\(key): \(answer)"] }
    let shown = page.rows.map { row in
      RankedRow(
        rank: row.rank, user: row.account.account.key.user, score: row.score,
        reachedAt: row.account.account.slots[key]?.reachedAt.microseconds ?? 0)
    }
    var faults = shown == expected ? [] : ["Redis, \(key): \(shown) for \(expected)"]
    if page.members != Int64(expected.count) { faults.append("Redis, members of \(key): \(page.members)") }
    let sum = expected.reduce(Int128(0)) { $0 + Int128($1.score) }
    if let statistics = page.statistics, statistics.sum != sum {
      faults.append("Redis, sum of \(key): \(statistics.sum) for \(sum)")
    }
    return faults
  }

  /// Nothing else of any board is there.
  private func keyFaults(_ process: BoardProcess, _ expected: Set<[UInt8]>) async -> [String] {
    let reply = await process.boards.redis.send(RedisCommand("KEYS", [Array("*".utf8)]))
    guard case .value(.array(let found)) = reply else { return ["\(reply)"] }
    let names = Set(found.compactMap(\.bytes))
    let ofBoards = names.filter { name in
      let text = String(decoding: name, as: UTF8.self)
      return text.contains(":b:") || text.contains(":d:")
    }
    func list(_ keys: Set<[UInt8]>) -> String {
      keys.map { String(decoding: $0, as: UTF8.self) }.sorted().joined(separator: ", ")
    }
    return ofBoards == expected
      ? []
      : [
        "left in Redis: \(list(ofBoards.subtracting(expected))); "
          + "missing: \(list(expected.subtracting(ofBoards)))"
      ]
  }

  // MARK: Parts

  private func ranking(_ board: Int32) -> BoardRanking? {
    world.definitions[board].map { BoardRanking(traits: $0.traits) }
  }

  private func isEnabled(_ user: UserID, before instant: Int64) -> Bool {
    standings[user]?.last { $0.since < instant }?.isEnabled ?? true
  }

  private func difference(_ found: Set<FoldedSlot>, _ expected: Set<FoldedSlot>, _ what: String) -> [String] {
    let (strange, missing) = (found.subtracting(expected), expected.subtracting(found))
    return strange.isEmpty && missing.isEmpty
      ? [] : ["\(what): \(strange.prefix(3)) where there should be \(missing.prefix(3))"]
  }
}
