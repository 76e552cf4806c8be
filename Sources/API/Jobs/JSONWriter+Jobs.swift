// A job as the API shows it.
import JSON
import LedgerStore

extension JSONWriter {
  mutating func job(_ title: JobTitle, _ job: JobRecord) {
    object {
      $0.field("name", job.name)
      $0.field("summary", title.summary)
      $0.field("schedule", orNull: job.schedule)
      $0.field("timeZone", job.timeZone)
      $0.field("nextRunAt", orNull: job.nextDueAt)
      $0.field("overdueSeconds", job.overdueSeconds, decimals: 3)
      $0.field("running", job.isRunning)
      $0.field("requests", job.requests)
      $0.field("requestsServed", job.servedRequests)
      $0.field("lastStartedAt", orNull: job.startedAt)
      $0.key("progress")
      $0.progress(job.isRunning ? job.progress : nil)
      $0.key("lastRun")
      $0.finishedJob(job.last)
      $0.field("runs", job.runs)
      $0.field("failures", job.failures)
      $0.field("failuresInRow", Int64(job.failuresInRow))
      $0.field("lostRuns", job.lostRuns)
    }
  }

  private mutating func progress(_ steps: JobSteps?) {
    guard let steps else { return null() }
    object {
      $0.field("done", steps.done)
      $0.field("total", orNull: steps.total)
    }
  }

  private mutating func finishedJob(_ last: FinishedJob?) {
    guard let last else { return null() }
    object {
      $0.field("finishedAt", last.finishedAt)
      $0.field("seconds", last.seconds, decimals: 6)
      $0.field("outcome", orNull: last.report.outcome)
      $0.objectField("counts") {
        for count in last.report.counts {
          $0.key(escaping: count.name)
          $0.integer(count.value)
        }
      }
      $0.field("error", orNull: last.report.error)
    }
  }
}
