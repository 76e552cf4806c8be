// Snapshots whose time is over, and those whose time is not.
import Ledger
import LedgerStore
import TestSupport
import Testing

@Suite struct SnapshotRetentionTests {
  private static let past = Instant(microseconds: 1_000_000_000_000_000)
  private static let future = Instant(microseconds: 9_000_000_000_000_000)

  @Test func `only what has had its time is removed, and its row says so`() async throws {
    var random = SeededGenerator.forThisRun()
    let model = AccountsModel(count: 150, random: &random)
    let database = try await LedgerDatabase.make()
    try await database.run("fill", model.script)
    try await withSnapshots(in: database) { snapshots in
      let kept = try await snapshots.take(.demand(1, of: snapshots.type))
      let later = try await snapshots.take(.demand(2, of: snapshots.type, keepUntil: Self.future))
      let over = try await snapshots.take(.close(of: snapshots.type, keepUntil: Self.past))
      #expect(try await snapshots.retention.expired(limit: 9).map(\.id) == [over.id])
      for snapshot in [kept, later] {
        #expect(try await !snapshots.retention.remove(snapshot.id))
        #expect(try await snapshots.reader.contents(of: snapshot.number) == snapshot.contents)
      }
      #expect(try await snapshots.retention.remove(over.id))
      let gone = try await snapshots.reader.snapshot(over.id)
      #expect(gone?.contents == over.contents)
      guard case .expired(let removedAt) = gone?.state else { throw Surprise(what: "\(gone as Any)") }
      #expect(removedAt != nil)
      #expect(try await snapshots.entries(of: over).isEmpty)
      #expect(try await snapshots.retention.expired(limit: 9).isEmpty)
      #expect(try await !snapshots.retention.remove(over.id))
      // It is closed for good all the same.
      #expect(try await snapshots.settling.take(.close(of: snapshots.type)) == gone.map { .ended($0) })
    }
  }

  @Test func `how long is kept may be said later`() async throws {
    try await withSnapshots { snapshots in
      let snapshot = try await snapshots.take(.demand(1, of: snapshots.type))
      #expect(try await snapshots.retention.keep(snapshot.id, until: Self.past))
      #expect(try await snapshots.retention.keep(snapshot.id, until: nil))
      #expect(try await !snapshots.retention.remove(snapshot.id))
      #expect(try await snapshots.retention.keep(snapshot.id, until: Self.past))
      #expect(try await snapshots.retention.remove(snapshot.id))
      #expect(try await !snapshots.retention.keep(snapshot.id, until: nil))
    }
  }

  @Test func `a removal that was broken off is gone on with`() async throws {
    var random = SeededGenerator.forThisRun()
    let model = AccountsModel(count: 40, random: &random)
    let database = try await LedgerDatabase.make()
    try await database.run("fill", model.script)
    try await withSnapshots(in: database) { snapshots in
      let over = try await snapshots.take(.demand(1, of: snapshots.type, keepUntil: Self.past))
      try await database.run(
        "break_off",
        "UPDATE snapshots SET state = 'expired'; DELETE FROM snapshot_entries WHERE place > 5")
      #expect(try await snapshots.retention.expired(limit: 9).map(\.id) == [over.id])
      #expect(try await snapshots.retention.remove(over.id))
      let left = "SELECT (SELECT count(*) FROM snapshot_entries) + (SELECT count(*) FROM snapshot_users)"
      #expect(try await snapshots.count(left) == 0)
    }
  }
}
