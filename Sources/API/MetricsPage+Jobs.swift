// What a process tells of jobs: what Postgres said when it last looked, so all processes tell the same.
import Ledger
import LedgerStore

extension MetricsPage {
  func addJobs(to text: inout MetricsText) {
    let jobs = reports.flatMap(\.jobs)
    guard !jobs.isEmpty else { return }
    func tell(
      _ name: String, _ kind: MetricsText.Kind, _ help: String, _ value: (JobRecord) -> Double
    ) {
      text.family(name, kind, help, jobs.map { ("job=\"\($0.name)\"", value($0)) })
    }
    tell("points_job_runs_total", .counter, "Runs of the job that ended, in any process.") {
      Double($0.runs)
    }
    tell("points_job_failures_total", .counter, "Runs of the job that failed, in any process.") {
      Double($0.failures)
    }
    tell("points_job_failures_in_row", .gauge, "Runs of the job that failed one after the other just now.") {
      Double($0.failuresInRow)
    }
    tell(
      "points_job_lost_runs_total", .counter,
      "Runs whose process ended, or lost its lease, before they did."
    ) { Double($0.lostRuns) }
    tell("points_job_running", .gauge, "Whether some process runs the job.") { $0.isRunning ? 1 : 0 }
    tell("points_job_last_duration_seconds", .gauge, "How long the last run of the job took.") {
      $0.last?.seconds ?? 0
    }
    tell(
      "points_job_last_end_timestamp_seconds", .gauge, "When the last run of the job ended; 0 for never."
    ) { Double($0.last?.finishedAt.microseconds ?? 0) / 1e6 }
    tell("points_job_overdue_seconds", .gauge, "For how long the job has been due without running.") {
      $0.overdueSeconds
    }
  }
}
