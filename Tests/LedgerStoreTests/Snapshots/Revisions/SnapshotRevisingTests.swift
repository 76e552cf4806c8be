// Revisions of snapshots: what is refused, what a repeat finds, two at once, what is cut off, and by what a
// period is shown afterwards.
import Boards
import Ledger
import LedgerStore
import PostgresClient
import TestSupport
import Testing

@Suite struct SnapshotRevisingTests {
  private static let referee = Actor(service: "referee")

  /// Runs the body with a close of random accounts, of at least five members.
  private static func withClose(
    keepUntil: Instant? = nil,
    _ body: @escaping @Sendable (SnapshotsUnderTest, Snapshot, [SnapshotEntry]) async throws -> Void
  ) async throws {
    var random = SeededGenerator.forThisRun()
    let model = AccountsModel(count: 120, random: &random)
    let database = try await LedgerDatabase.make()
    try await database.run("fill", model.script)
    try await withSnapshots(in: database) { snapshots in
      let close = try await snapshots.take(.close(of: snapshots.type, keepUntil: keepUntil))
      let entries = try await snapshots.entries(of: close)
      try #require(entries.count >= 5)
      try await body(snapshots, close, entries)
    }
  }

  private static func revise(
    _ snapshot: Snapshot, _ corrections: [SnapshotCorrection], _ snapshots: SnapshotsUnderTest
  ) async throws -> Snapshot {
    let outcome = try await snapshots.revising.revise(
      snapshot.id, with: corrections, because: "unfair", by: referee)
    guard case .revised(let revision) = outcome else { throw Surprise(what: "\(outcome)") }
    return revision
  }

  @Test func `a revision tells of what it was made, why, by whom, and what it changed`() async throws {
    try await Self.withClose { snapshots, close, entries in
      let (out, fixed) = (entries[0], entries[1])
      let score: Int64 = fixed.score == 5 ? 6 : 5
      let corrections = [
        SnapshotCorrection(fixed.user, .score(score)), SnapshotCorrection(out.user, .disqualified),
      ]
      let revision = try await Self.revise(close, corrections, snapshots)
      #expect(revision.plan.purpose == .revision && revision.plan.originalPurpose == .close)
      #expect(revision.plan.board == close.plan.board && revision.plan.period == close.plan.period)
      #expect(revision.position == close.position && revision.takenAt == close.takenAt)
      #expect(!revision.isToBeCompared)
      let line = try await snapshots.reader.revisions(of: close)
      #expect(line.map(\.snapshot) == [revision, close])
      #expect(line.map(\.why) == ["unfair", nil] && line.map(\.actor) == ["referee", nil])
      let changes = [
        SnapshotChange(user: out.user, scoreWas: out.score, fixed: nil),
        SnapshotChange(
          user: fixed.user, scoreWas: fixed.score,
          fixed: SnapshotChange.Fixed(score: score, reachedAt: fixed.reachedAt)),
      ].sorted { $0.user < $1.user }
      #expect(line[0].changes == changes && line[1].changes.isEmpty)
      #expect(line[0].disqualified == [out.user])
      #expect(try await snapshots.reader.changes(of: revision.number) == changes)
      let fixes = try await snapshots.reader.fixes(of: fixed.user, in: revision)
      #expect(fixes.map(\.change) == changes.filter { $0.user == fixed.user })
      #expect(try await snapshots.reader.fixes(of: fixed.user, in: close).isEmpty)
      let notes = try await snapshots.count("SELECT count(*) FROM audit WHERE action = 'snapshot_revised'")
      #expect(notes == 1)
    }
  }

  @Test func `a repeat finds what was made, and whoever comes late is told of the newest`() async throws {
    try await Self.withClose { snapshots, close, entries in
      let both = entries[..<2].map { SnapshotCorrection($0.user, .disqualified) }
      let second = try await Self.revise(close, both, snapshots)
      let third = try await Self.revise(
        second, [SnapshotCorrection(entries[2].user, .disqualified)], snapshots)
      let again = try await snapshots.revising.revise(
        close.id, with: both.reversed(), because: "once more", by: Self.referee)
      #expect(again == .replayed(second))
      for older in [close, second] {
        let late = try await snapshots.revising.revise(
          older.id, with: [SnapshotCorrection(entries[3].user, .disqualified)], because: "late",
          by: Self.referee)
        #expect(late == .superseded(by: third))
      }
      #expect(try await snapshots.count("SELECT count(*) FROM snapshots") == 3)
    }
  }

  @Test func `of two who revise the same at once one does, and the other is told`() async throws {
    try await Self.withClose { snapshots, close, entries in
      async let one = snapshots.revising.revise(
        close.id, with: [SnapshotCorrection(entries[0].user, .disqualified)], because: "one",
        by: Self.referee)
      async let other = snapshots.revising.revise(
        close.id, with: [SnapshotCorrection(entries[1].user, .disqualified)], because: "other",
        by: Self.referee)
      async let same = snapshots.revising.revise(
        close.id, with: [SnapshotCorrection(entries[1].user, .disqualified)], because: "the same",
        by: Self.referee)
      let outcomes = try await [one, other, same]
      let made = outcomes.compactMap { if case .revised(let made) = $0 { made } else { nil } }
      try #require(made.count == 1)
      #expect(try await snapshots.reader.newest(of: close) == made[0])
      for outcome in outcomes where outcome != .revised(made[0]) {
        #expect(outcome == .superseded(by: made[0]) || outcome == .replayed(made[0]))
      }
      #expect(outcomes.contains(.superseded(by: made[0])))
    }
  }

  @Test func `what cannot be corrected is refused, and nothing is done`() async throws {
    try await Self.withClose { snapshots, close, entries in
      func outcome(_ corrections: [SnapshotCorrection]) async throws -> SnapshotRevising.Outcome {
        try await snapshots.revising.revise(close.id, with: corrections, because: "x", by: Self.referee)
      }
      let (strangers, first) = (["nobody", "no one"].map { UserID(stored: $0) }, entries[0])
      let mixed = [first.user] + strangers
      #expect(
        try await outcome(mixed.map { SnapshotCorrection($0, .disqualified) })
          == .unknown(strangers.sorted()))
      #expect(
        try await outcome([SnapshotCorrection(first.user, .score(first.score))]) == .nothingToChange)
      #expect(
        try await outcome([
          SnapshotCorrection(first.user, .score(first.score, reachedAt: first.reachedAt))
        ]) == .nothingToChange)
      let missing = try await snapshots.revising.revise(
        SnapshotID(UUIDBits(high: 1, low: 1)), with: [SnapshotCorrection(first.user, .disqualified)],
        because: "x", by: Self.referee)
      #expect(missing == .notFound)
      #expect(try await snapshots.count("SELECT count(*) FROM snapshots") == 1)
      #expect(try await snapshots.count("SELECT count(*) FROM snapshot_changes") == 0)
    }
  }

  @Test func `a revision that is cut off at any step leaves nothing`() async throws {
    try await Self.withClose { snapshots, close, entries in
      let corrections = [SnapshotCorrection(entries[0].user, .disqualified)]
      for step in SnapshotRevising.Step.allCases {
        let cut = SnapshotRevising(pool: snapshots.settlingPool) { passed in
          guard passed == step else { return }
          try? await snapshots.database.run(
            "end_settlers",
            """
            SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
            WHERE application_name = '\(settlerName)' AND datname = current_database()
            """)
        }
        let outcome = try? await cut.revise(close.id, with: corrections, because: "cut", by: Self.referee)
        #expect(outcome == nil, "\(step)")
        let left = try await snapshots.count(
          """
          SELECT (SELECT count(*) FROM snapshots WHERE revises IS NOT NULL)
            + (SELECT count(*) FROM snapshot_changes) + (SELECT count(*) FROM audit)
            + (SELECT count(*) FROM snapshot_entries) - \(entries.count)
          """)
        #expect(left == 0, "\(step)")
        #expect(try await snapshots.reader.close(of: SnapshotPlan.testBoard, period: 2) == close)
      }
      let revision = try await Self.revise(close, corrections, snapshots)
      #expect(try await snapshots.reader.close(of: SnapshotPlan.testBoard, period: 2) == revision)
    }
  }

  @Test func `a period, ranks of the past and the best rank are those of the newest revision`() async throws {
    try await Self.withClose { snapshots, close, entries in
      let (first, last) = (entries[0], try #require(entries.last))
      let board = BoardOfType(close.plan.board)
      // Nobody is better, and scores may be as high as they can be.
      let lifted = SnapshotCorrection(last.user, .score(first.score))
      let revision = try await Self.revise(
        close, [lifted, SnapshotCorrection(first.user, .disqualified)], snapshots)
      let reader = snapshots.reader
      #expect(try await reader.close(of: SnapshotPlan.testBoard, period: 2) == revision)
      for purpose in [SnapshotPlan.Purpose.close, nil] {
        #expect(try await reader.list(of: board, purpose: purpose, limit: 9) == [revision])
        let ranks = try await reader.history(of: last.user, on: board, purpose: purpose, limit: 9)
        #expect(ranks.map(\.snapshot) == [revision.id] && ranks.map(\.entry.rank) == [1])
        #expect(ranks.map(\.purpose) == [.close] && ranks.map(\.revision) == [2])
        #expect(try await reader.history(of: first.user, on: board, purpose: purpose, limit: 9).isEmpty)
        #expect(try await reader.best(of: last.user, on: board, purpose: purpose)?.entry.rank == 1)
        #expect(try await reader.best(of: first.user, on: board, purpose: purpose) == nil)
      }
      let past = try await reader.pastRanks(
        of: [first.user, last.user], on: board, in: .close(before: Instant(microseconds: .max)))
      #expect(past?.snapshot == revision.id && past?.purpose == "close" && past?.ranks == [last.user: 1])
      #expect(try await reader.newest(of: close) == revision)
      // What was stored at first is there by its id.
      #expect(try await reader.standing(of: first.user, in: close.number) == first)
      let difference = try await reader.differences(from: close.number, to: revision.number, limit: 1_000)
      #expect(difference.changes.contains { $0.before == first && $0.after == nil })
      // Whoever closes the period once more finds what he made.
      #expect(try await snapshots.take(.close(of: snapshots.type)) == close)
    }
  }

  @Test func `a revision is kept for as long as what it was made of, and then removed as it is`() async throws
  {
    let past = Instant(microseconds: 1_000_000_000_000_000)
    try await Self.withClose(keepUntil: past) { snapshots, close, entries in
      let revision = try await Self.revise(
        close, [SnapshotCorrection(entries[0].user, .disqualified)], snapshots)
      #expect(revision.plan.keepUntil == past)
      #expect(try await Set(snapshots.retention.expired(limit: 9).map(\.id)) == [close.id, revision.id])
      #expect(try await snapshots.retention.remove(revision.id))
      let gone = try await snapshots.reader.close(of: SnapshotPlan.testBoard, period: 2)
      #expect(gone?.id == revision.id && gone?.isComplete == false)
      // What was mended does not come back by that.
      #expect(try await snapshots.reader.list(of: BoardOfType(close.plan.board), limit: 9).isEmpty)
      #expect(try await snapshots.reader.changes(of: revision.number).count == 1)
      let more = try await snapshots.revising.revise(
        revision.id, with: [SnapshotCorrection(entries[1].user, .disqualified)], because: "late",
        by: Self.referee)
      #expect(more == gone.map { .unreadable($0) })
    }
  }

  @Test func `revisions of closes are announced like closes`() async throws {
    try await Self.withClose { snapshots, close, entries in
      _ = try await Self.revise(close, [SnapshotCorrection(entries[0].user, .disqualified)], snapshots)
      // The periods of these accounts end in times to come.
      #expect(try await snapshots.retention.announceCloses(after: -3_000) == 2)
      #expect(try await snapshots.retention.announceCloses(after: -3_000) == 0)
    }
  }
}
