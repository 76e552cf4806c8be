// What a process tells of snapshots: those it took, held against mirrors, and removed.
import Ledger
import LedgerStore

extension MetricsPage {
  func addSnapshots(to text: inout MetricsText) {
    var total = SnapshotTally.Counts()
    for report in reports { total.add(report.snapshots) }
    func tell(_ name: String, _ help: String, _ value: Int64) {
      text.family(name, .counter, help, [("", Double(value))])
    }
    text.family(
      "points_snapshots_taken_total", .counter, "Snapshots that this process took.",
      SnapshotPlan.Purpose.allCases.map { ("purpose=\"\($0.rawValue)\"", Double(total.taken[$0] ?? 0)) })
    tell("points_snapshots_failed_total", "Snapshots that could not be taken.", total.failed)
    tell("points_snapshots_compared_total", "Snapshots held against their mirror.", total.compared)
    tell(
      "points_snapshots_not_compared_total", "Snapshots whose mirror could not be asked in time.",
      total.notCompared)
    tell(
      "points_snapshot_accounts_checked_total", "Accounts of snapshots that their mirror was asked for.",
      total.checked)
    tell(
      "points_snapshot_accounts_drifted_total", "Accounts of snapshots that their mirror had otherwise.",
      total.drifted)
    tell("points_snapshot_accounts_repaired_total", "Of those, repaired in Redis.", total.repaired)
    tell(
      "points_snapshots_removed_total", "Snapshots whose entries were removed when their time was over.",
      total.removed)
    tell("points_snapshot_entries_removed_total", "Entries of those.", total.removedEntries)
  }
}
