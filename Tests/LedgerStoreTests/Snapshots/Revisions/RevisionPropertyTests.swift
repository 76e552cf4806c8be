// Lines of random revisions of random snapshots against their definition, whichever board, style and
// direction.
import Boards
import Cryptography
import Ledger
import LedgerStore
import TestSupport
import Testing

@Suite struct RevisionPropertyTests {
  @Test func `a line of revisions is what its corrections say, ranked from nothing`() async throws {
    let seeds = SeededGenerator.forThisRun()
    let counted = Counted()
    for round in 0..<3 {
      var random = SeededGenerator(seed: seeds.seed &+ UInt64(round))
      let model = AccountsModel(count: [1, 90, 200][round], random: &random)
      let database = try await LedgerDatabase.make()
      try await database.run("fill", model.script)
      let box = Box(SeededGenerator(seed: seeds.seed &+ UInt64(round) &* 31))
      try await withSnapshots(in: database) { snapshots in
        for number in 0..<6 {
          let plan = Self.plan(number, of: snapshots.type, &box.random)
          let original = try await snapshots.take(plan)
          counted.value += try await Self.checkLine(of: original, snapshots, &box.random)
        }
      }
    }
    #expect(counted.value > 40, "too few revisions were made to show anything")
  }

  /// How many revisions were made.
  private static func checkLine(
    of original: Snapshot, _ snapshots: SnapshotsUnderTest, _ random: inout SeededGenerator
  ) async throws -> Int {
    var (last, entries) = (original, try await snapshots.entries(of: original))
    let untouched = entries
    var made: [SnapshotID] = [original.id]
    for _ in 0..<4 {
      let corrections = corrections(of: entries, original.plan, &random)
      guard !corrections.isEmpty else { break }
      let outcome = try await snapshots.revising.revise(
        last.id, with: corrections, because: "checked", by: Actor(service: "referee"))
      guard case .revised(let revision) = outcome else { throw Surprise(what: "\(outcome)") }
      entries = RevisionModel.entries(from: entries, corrections, of: original.plan)
      try await check(revision, entries, snapshots)
      #expect(revision.plan.revises == last.id && revision.plan.revision == last.plan.revision + 1)
      #expect(revision.plan.original == original.id && revision.plan.asOf == original.plan.asOf)
      made.append(revision.id)
      last = revision
    }
    #expect(try await snapshots.entries(of: original) == untouched)
    let line = try await snapshots.reader.revisions(of: last)
    #expect(line.map(\.snapshot.id) == made.reversed())
    return made.count - 1
  }

  private static func check(
    _ snapshot: Snapshot, _ expected: [SnapshotEntry], _ snapshots: SnapshotsUnderTest
  ) async throws {
    #expect(try await snapshots.entries(of: snapshot) == expected, "\(snapshot.plan)")
    #expect(snapshot.isComplete && snapshot.contents?.members == Int64(expected.count))
    #expect(snapshot.contents?.scoreSum == expected.reduce(0) { $0 + Int128($1.score) })
    #expect(snapshot.contents?.digest.bytes == expected.snapshotDigest)
    for entry in expected.prefix(40) + expected.suffix(1) {
      #expect(try await snapshots.reader.standing(of: entry.user, in: snapshot.number) == entry)
    }
  }

  /// Each of them changes something.
  private static func corrections(
    of entries: [SnapshotEntry], _ plan: SnapshotPlan, _ random: inout SeededGenerator
  ) -> [SnapshotCorrection] {
    entries.shuffled(using: &random).prefix(Int.random(in: 1...12, using: &random)).compactMap { entry in
      switch Int.random(in: 0...3, using: &random) {
      case 0: return SnapshotCorrection(entry.user, .disqualified)
      case 1:
        let instant = Instant(microseconds: entry.reachedAt.microseconds + .random(in: 1...3, using: &random))
        return SnapshotCorrection(entry.user, .score(entry.score, reachedAt: instant))
      case _:
        let least = plan.eligibility.minScore ?? -5
        let score = Int64.random(in: least - 1...least + 8, using: &random)
        let others = entries.randomElement(using: &random)?.score ?? score
        let chosen = Bool.random(using: &random) ? others : score
        return chosen == entry.score ? nil : SnapshotCorrection(entry.user, .score(chosen))
      }
    }
  }

  private static func plan(
    _ number: Int, of type: PointTypeID, _ random: inout SeededGenerator
  ) -> SnapshotPlan {
    let style = RankStyle.allCases[number % 3]
    let order = BoardOrder(style: style, isAscending: Bool.random(using: &random))
    let least = Bool.random(using: &random) ? Int64.random(in: -2...2, using: &random) : nil
    let eligibility = Eligibility(minScore: least, enabledOnly: false)
    guard number % 2 == 0 else {
      return SnapshotPlan(
        id: SnapshotID(UUIDBits(high: random.next(), low: random.next())), board: .balance(of: type),
        purpose: .demand, order: order, eligibility: eligibility)
    }
    let board = BoardID(UUIDBits(high: 0x1234, low: UInt64(number)))
    return .close(
      of: board, SnapshotBoard(pointType: type, key: .defined(board), name: "weekly"),
      period: SnapshotPlan.Period(number: 2, label: "week"),
      endingAt: Instant(microseconds: AccountsModel.end), slot: AccountsModel.slots[1], order: order,
      eligibility: eligibility)
  }

  /// Of one loop.
  private final class Counted: @unchecked Sendable {
    var value = 0
  }

  private final class Box: @unchecked Sendable {
    var random: SeededGenerator

    init(_ random: SeededGenerator) {
      self.random = random
    }
  }
}
