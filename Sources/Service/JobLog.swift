// What runners of jobs have to tell, as lines of the log. A run that found nothing to do has no line.
import EventLoop
import JSON
import Jobs
import LedgerStore

struct JobLog: Sendable {
  private let log: LineWriter

  init(_ log: LineWriter) {
    self.log = log
  }

  func tell(_ event: JobEvent) {
    switch event {
    case .ran(let job, let report, let time):
      write(job, "done", isError: false) {
        $0.field("seconds", time.inSeconds, decimals: 3)
        $0.field("outcome", orNull: report.outcome)
      }
    case .failed(let job, let reason, let inRow, let time):
      write(job, "failed", isError: true) {
        $0.field("seconds", time.inSeconds, decimals: 3)
        $0.field("inRow", Int64(inRow))
        $0.field("reason", reason)
      }
    case .lost(let job): write(job, "lost", isError: false) { _ in }
    case .unrecorded(let job, let reason):
      write(job, "unrecorded", isError: false) { $0.field("reason", reason) }
    }
  }

  private func write(
    _ job: String, _ state: StaticString, isError: Bool, _ body: (inout JSONWriter) -> Void
  ) {
    var json = JSONWriter(reservingCapacity: 256)
    json.object {
      $0.field("time", WallClock.now.text)
      if isError { $0.field("level", "error" as StaticString) }
      $0.field("job", job)
      $0.field("state", state)
      body(&$0)
    }
    json.newline()
    log.write(json.finish())
  }
}

extension Duration {
  fileprivate var inSeconds: Double {
    Double(components.seconds) + Double(components.attoseconds) / 1e18
  }
}
