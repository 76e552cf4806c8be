// Snapshots of random accounts against their definition: who is listed, in which order, with which ranks,
// sum and digest, whichever board, style, direction and limits.
import Boards
import Cryptography
import Ledger
import LedgerStore
import TestSupport
import Testing

@Suite struct SnapshotPropertyTests {
  @Test func `a snapshot is what its definition says, and the same whoever takes it`() async throws {
    let seeds = SeededGenerator.forThisRun()
    var listed = 0
    for round in 0..<4 {
      var random = SeededGenerator(seed: seeds.seed &+ UInt64(round))
      let model = AccountsModel(count: [0, 1, 150, 230][round], random: &random)
      let plans = { @Sendable (type: PointTypeID) in
        var random = SeededGenerator(seed: seeds.seed &+ UInt64(round) &* 31)
        return (0..<16).map { Self.plan($0, of: type, &random) }
      }
      let database = try await LedgerDatabase.make()
      if !model.members.isEmpty { try await database.run("fill", model.script) }
      listed += try await Self.check(model, plans, in: database)
    }
    #expect(listed > 500, "too few were listed to show anything")
  }

  /// How many were listed altogether.
  private static func check(
    _ model: AccountsModel, _ plans: @escaping @Sendable (PointTypeID) -> [SnapshotPlan],
    in database: LedgerDatabase
  ) async throws -> Int {
    let counted = Counted()
    try await withSnapshots(in: database) { snapshots in
      for plan in plans(snapshots.type) {
        let expected = model.entries(of: plan)
        let snapshot = try await snapshots.take(plan)
        try await check(snapshot, expected, snapshots)
        let again = try await snapshots.take(plan)
        #expect(again == snapshot)
        try await PastStandings.check(snapshot, expected, snapshots)
        counted.value += expected.count
      }
    }
    return counted.value
  }

  /// Of one loop.
  private final class Counted: @unchecked Sendable {
    var value = 0
  }

  private static func check(
    _ snapshot: Snapshot, _ expected: [SnapshotEntry], _ snapshots: SnapshotsUnderTest
  ) async throws {
    #expect(try await snapshots.entries(of: snapshot) == expected, "\(snapshot.plan)")
    #expect(snapshot.contents?.members == Int64(expected.count))
    #expect(snapshot.contents?.scoreSum == expected.reduce(0) { $0 + Int128($1.score) })
    #expect(snapshot.contents?.digest.bytes == expected.snapshotDigest)
    #expect(try await snapshots.reader.contents(of: snapshot.number) == snapshot.contents)
    for entry in expected.prefix(40) + expected.suffix(1) {
      #expect(try await snapshots.reader.standing(of: entry.user, in: snapshot.number) == entry)
      let behind = try await snapshots.reader.entries(of: snapshot, fromRank: entry.rank, limit: 3)
      #expect(behind == Array(expected.filter { $0.rank >= entry.rank }.prefix(3)))
    }
    for stranger in ["", " ", "nobody", "\u{10FFFF}"] {
      let found = try await snapshots.reader.standing(of: UserID(stored: stranger), in: snapshot.number)
      #expect(found == nil)
    }
    let behind = try await snapshots.reader.entries(of: snapshot, fromRank: .max, limit: 3)
    #expect(behind.isEmpty)
  }

  private static func plan(
    _ number: Int, of type: PointTypeID, _ random: inout SeededGenerator
  ) -> SnapshotPlan {
    let slot = AccountsModel.slots.randomElement(using: &random) ?? SlotKey(board: 1, period: 2)
    let id = BoardID(UUIDBits(high: 0x1234, low: UInt64(number)))
    let boards: [SnapshotBoard] = [
      .balance(of: type), .earned(of: type),
      SnapshotBoard(pointType: type, key: .defined(id), name: "weekly", category: "quests"),
    ]
    let board = boards[min(2, Int.random(in: 0...4, using: &random))]
    let style = RankStyle.allCases.randomElement(using: &random) ?? .dense
    let order = BoardOrder(style: style, isAscending: Bool.random(using: &random))
    let eligibility = Eligibility(
      minScore: Bool.random(using: &random) ? Int64.random(in: -2...2, using: &random) : nil,
      minCount: board.key == .defined(id) && Bool.random(using: &random) ? 2 : nil,
      enabledOnly: Bool.random(using: &random))
    let end = Instant(microseconds: AccountsModel.end)
    if board.key == .defined(id), Bool.random(using: &random) {
      return .close(
        of: id, board, period: SnapshotPlan.Period(number: slot.period, label: "week"), endingAt: end,
        slot: slot, order: order, eligibility: eligibility)
    }
    return SnapshotPlan(
      id: SnapshotID(UUIDBits(high: random.next(), low: random.next())), board: board, purpose: .demand,
      slot: board.key == .defined(id) ? slot : nil, order: order, eligibility: eligibility,
      asOf: Bool.random(using: &random) ? end : nil)
  }
}
