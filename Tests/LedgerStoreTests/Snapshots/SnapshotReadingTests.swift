// Reading snapshots: a user's ranks over many of them, what changed between two, and pages of lists.
import Ledger
import LedgerStore
import TestSupport
import Testing

@Suite struct SnapshotReadingTests {
  @Test func `a history has every snapshot the user is in, newest first, page by page`() async throws {
    let past = Past()
    try await withPast(past) { snapshots, taken in
      let board = BoardOfType(taken[0].plan.board)
      for user in past.users + [UserID(stored: "nobody")] {
        let expected = zip(taken, past.expected).reversed().compactMap { snapshot, entries in
          entries.first { $0.user == user }.map { (snapshot.id, $0) }
        }
        var found: [PastRank] = []
        var cursor = SnapshotCursor.newest
        while true {
          let page = try await snapshots.reader.history(of: user, on: board, before: cursor, limit: 3)
          found += page
          guard page.count == 3, let last = page.last else { break }
          cursor = last.cursor
        }
        #expect(found.map(\.snapshot) == expected.map(\.0) && found.map(\.entry) == expected.map(\.1))
        let best = try await snapshots.reader.best(of: user, on: board, purpose: .close)
        let wanted = expected.reversed().min { $0.1.rank < $1.1.rank }
        #expect(best?.entry == wanted?.1 && best?.snapshot == wanted?.0)
        #expect(try await snapshots.reader.history(of: user, on: board, purpose: .demand, limit: 3) == [])
      }
    }
  }

  @Test func `who came, went and moved is told once, whatever the page`() async throws {
    let past = Past()
    try await withPast(past) { snapshots, taken in
      for (before, after) in [(0, 1), (2, 5), (5, 2), (3, 3)] {
        let (old, new) = (past.expected[before], past.expected[after])
        for limit in [1, 2, 63, 64, 65, 1_000] {
          var changes: [SnapshotDifference] = []
          var last: UserID?
          repeat {
            let page = try await snapshots.reader.differences(
              from: taken[before].number, to: taken[after].number, behind: last, limit: limit)
            changes += page.changes
            last = page.nextAfter
          } while last != nil
          #expect(changes == Past.differences(old, new))
        }
      }
    }
  }

  @Test func `lists show the newest first and go on where they ended`() async throws {
    let past = Past()
    try await withPast(past) { snapshots, taken in
      let board = BoardOfType(taken[0].plan.board)
      let newest = try await snapshots.reader.list(of: board, limit: 2)
      #expect(newest == taken.suffix(2).reversed())
      let cursor = try #require(newest.last.flatMap { SnapshotCursor($0) })
      #expect(
        try await snapshots.reader.list(of: board, before: cursor, limit: 99) == taken.dropLast(2).reversed())
      #expect(try await snapshots.reader.list(of: board, purpose: .scheduled, limit: 9) == [])
      let begun = try await snapshots.settling.begin(.demand(1, of: snapshots.type))
      #expect(try await snapshots.reader.list(limit: 2) == [begun, taken[taken.count - 1]])
      #expect(try await snapshots.reader.list(of: snapshots.type, board: .earned, limit: 2) == [])
      #expect(try await snapshots.reader.list(board: .balance, before: begun.number, limit: 2) == [])
      #expect(try await snapshots.reader.list(of: BoardOfType(begun.plan.board), limit: 2) == [])
    }
  }

  @Test func `many users are found at once`() async throws {
    let past = Past()
    try await withPast(past) { snapshots, taken in
      let found = try await snapshots.reader.standings(of: past.users, in: taken[4].number)
      #expect(found.sorted { $0.place < $1.place } == past.expected[4])
      #expect(try await snapshots.reader.standings(of: [], in: taken[4].number) == [])
    }
  }

  /// Seven weeks, in each of which others took part, or the same with other scores.
  private struct Past: Sendable {
    let weeks: [AccountsModel]
    let users: [UserID]
    let expected: [[SnapshotEntry]]

    init() {
      var random = SeededGenerator.forThisRun("weeks")
      let first = AccountsModel(count: 140, random: &random)
      var weeks: [AccountsModel] = []
      let slot = AccountsModel.slots[1].bits
      for _ in 0..<7 {
        var week = first
        for index in week.members.indices {
          let isIn = Int.random(in: 0..<3, using: &random) > 0
          let score = (Int64.random(in: 0...60, using: &random), AccountsModel.end, Int64(1))
          week.members[index].slots = isIn ? [slot: score] : [:]
        }
        weeks.append(week)
      }
      self.weeks = weeks
      users = first.members.map(\.user)
      let type = PointTypeID(UUIDBits(high: 0, low: 0))
      expected = weeks.enumerated().map { $1.entries(of: .close(period: Int32($0), of: type)) }
    }

    static func differences(_ old: [SnapshotEntry], _ new: [SnapshotEntry]) -> [SnapshotDifference] {
      let users = Set((old + new).map(\.user)).sorted()
      return users.compactMap { user in
        let (before, after) = (old.first { $0.user == user }, new.first { $0.user == user })
        guard before?.rank != after?.rank || before?.score != after?.score else { return nil }
        return SnapshotDifference(before: before, after: after)
      }
    }
  }

  private func withPast(
    _ past: Past, _ body: @escaping @Sendable (SnapshotsUnderTest, [Snapshot]) async throws -> Void
  ) async throws {
    let database = try await LedgerDatabase.make()
    try await withSnapshots(in: database) { snapshots in
      var taken: [Snapshot] = []
      for (period, week) in past.weeks.enumerated() {
        try await database.run("refill", "DELETE FROM accounts; DELETE FROM users; " + week.script)
        taken.append(try await snapshots.take(.close(period: Int32(period), of: snapshots.type)))
      }
      try await body(snapshots, taken)
    }
  }
}
