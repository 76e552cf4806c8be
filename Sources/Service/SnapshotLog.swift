// What becomes of snapshots beside their being taken, as lines of the log: a mirror that differed, one that
// was not asked, and what was removed when its time was over, which never happens without a word.
import API
import EventLoop
import JSON
import Ledger
import LedgerStore
import Verification

struct SnapshotLog: Sendable {
  private let log: LineWriter

  init(_ log: LineWriter) {
    self.log = log
  }

  func tell(_ event: ComparisonEvent) {
    switch event {
    case .drifted(let snapshot, let comparison):
      write("drifted", snapshot) {
        $0.field("checked", comparison.checked)
        $0.field("drifted", comparison.drifted)
        $0.field("repaired", comparison.repaired)
      }
    case .notCompared(let snapshot, let reason):
      write("not_compared", snapshot) { $0.field("reason", reason) }
    }
  }

  func tell(_ event: ScheduledSnapshots.Event) {
    switch event {
    case .failed(let snapshot, let reason):
      write("failed", isError: true, snapshot) { $0.field("reason", reason) }
    case .passed(let schedule, let dueAt, let reason):
      line {
        $0.field("snapshot", "passed" as StaticString)
        $0.field("schedule", schedule.name)
        $0.field("dueAt", dueAt)
        $0.field("reason", reason)
      }
    }
  }

  /// What there was can be told from the row, which stays.
  func tellRemoved(_ snapshot: Snapshot) {
    write("removed", snapshot) {
      $0.field("members", snapshot.contents?.members ?? 0)
      $0.field("asOf", orNull: snapshot.plan.asOf)
      $0.field("keepUntil", orNull: snapshot.plan.keepUntil)
    }
  }

  private func write(
    _ event: StaticString, isError: Bool = false, _ snapshot: Snapshot, _ body: (inout JSONWriter) -> Void
  ) {
    let plan = snapshot.plan
    line {
      if isError { $0.field("level", "error" as StaticString) }
      $0.field("snapshot", event)
      $0.field("id", plan.id.description)
      $0.field("board", plan.board.name)
      $0.field("category", orNull: plan.board.category.isEmpty ? nil : plan.board.category)
      $0.field("period", orNull: plan.period?.label)
      $0.field("purpose", plan.purpose.rawValue)
      body(&$0)
    }
  }

  private func line(_ body: (inout JSONWriter) -> Void) {
    var json = JSONWriter(reservingCapacity: 384)
    json.object {
      $0.field("time", WallClock.now.text)
      body(&$0)
    }
    json.newline()
    log.write(json.finish())
  }
}
