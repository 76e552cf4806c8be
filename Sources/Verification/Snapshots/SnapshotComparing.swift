// Holds snapshots against the mirror as they come to be, and writes down what came of it: on the row, in the
// counters, and in the log where something was wrong. A snapshot is right without it, so it is given so much
// time and no more, and nothing that goes wrong here is a failure of the snapshot.
package import BoardStore
package import EventLoop
package import LedgerStore
package import PostgresClient

/// What came of it that somebody should read.
package enum ComparisonEvent: Sendable {
  /// The mirror differed.
  case drifted(Snapshot, Snapshot.Comparison)
  case notCompared(Snapshot, reason: String)
}

/// One worker's; used on its loop only.
package struct SnapshotComparing: Sendable {
  /// For so long one may be compared if nothing else is said: enough for some millions of members.
  package static let patience = Duration.seconds(60)

  /// For so long a mirror is waited for that is behind: a follower that is there needs less, and whoever ends
  /// a period waits for this.
  package static let grace = Duration.milliseconds(500)

  private let check: SnapshotCheck
  private let settling: SnapshotSettling
  private let tally: SnapshotTally
  private let loop: EventLoop
  private let tell: @Sendable (ComparisonEvent) -> Void

  package init(
    _ boards: BoardStore, pool: PostgresPool, tally: SnapshotTally, on loop: EventLoop,
    grace: Duration = Self.grace, tell: @escaping @Sendable (ComparisonEvent) -> Void
  ) {
    check = SnapshotCheck(boards: boards, pool: pool, on: loop, grace: grace)
    settling = SnapshotSettling(pool: pool)
    self.tally = tally
    self.loop = loop
    self.tell = tell
  }

  /// Does nothing for one that is not to be compared, or was.
  package func compare(_ snapshot: Snapshot, within patience: Duration = Self.patience) async {
    guard snapshot.isToBeCompared else { return }
    do throws(VerificationError) {
      guard let comparison = try await check.compare(snapshot, until: loop.clock.now + patience) else {
        return await note(notCompared: "it took longer than \(patience)", of: snapshot)
      }
      // Whoever else compared it has counted it.
      guard
        try await asking({ () throws(PostgresError) in try await settling.note(comparison, of: snapshot.id) })
      else { return }
      tally.compared(comparison)
      if comparison.drifted > 0 { tell(.drifted(snapshot, comparison)) }
    } catch {
      await note(notCompared: "\(error)", of: snapshot)
    }
  }

  private func note(notCompared reason: String, of snapshot: Snapshot) async {
    // Where Postgres does not take even this, the row says nothing, and whoever comes next compares it.
    guard let isNews = try? await settling.note(notCompared: reason, of: snapshot.id), isNews else { return }
    tally.didNotCompare()
    tell(.notCompared(snapshot, reason: reason))
  }
}
