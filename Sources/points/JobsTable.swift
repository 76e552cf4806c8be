// Jobs as a table for a terminal.
import API
import Ledger
import LedgerStore

enum JobsTable {
  static func lines(of jobs: [JobRecord]) -> [String] {
    let heading = ["JOB", "SCHEDULE", "ZONE", "LAST END", "TOOK", "NEXT", "OUTCOME"]
    let rows = [heading] + jobs.map(row)
    let widths = heading.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  static func outcome(_ report: JobReport) -> String {
    report.error.map { "failed: \($0)" } ?? report.outcome ?? "done"
  }

  private static func row(_ job: JobRecord) -> [String] {
    [
      job.name, job.schedule ?? "off", job.timeZone, job.last.map { seconds($0.finishedAt) } ?? "never",
      job.last.map { took($0.seconds) } ?? "", next(job),
      job.last.map { outcome($0.report) } ?? "",
    ]
  }

  private static func next(_ job: JobRecord) -> String {
    if job.isRunning { return "running" }
    if job.isRequested { return "asked for" }
    return job.nextDueAt.map { seconds($0) } ?? "when asked for"
  }

  static func took(_ seconds: Double) -> String {
    seconds < 60
      ? "\((seconds * 1000).rounded() / 1000) s" : "\(Int(seconds / 60)) min \(Int(seconds) % 60) s"
  }

  /// A person reads no microseconds.
  private static func seconds(_ instant: Instant) -> String {
    String(instant.rfc3339.prefix(19)) + "Z"
  }
}
