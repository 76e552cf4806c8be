// Which runs a process begins, decided from what it reads of all jobs and from what it runs itself. Of each
// job it runs one at a time, also where it cannot tell whether the last one still holds its lease.
package import LedgerStore

package struct RunnerTurn: Sendable {
  /// Of these duties; the value says whether they have a schedule here.
  private let duties: [String: Bool]
  package private(set) var running: Set<String> = []

  package init(_ duties: [Duty]) {
    self.duties = Dictionary(duties.map { ($0.name, $0.schedule != nil) }) { first, _ in first }
  }

  /// A run to begin.
  package struct Run: Sendable, Equatable {
    package let job: String
    /// Whether being due is a reason, or only being asked for: to a process in which a job is off, when it is
    /// due for others means nothing.
    package let bySchedule: Bool

    package init(_ job: String, bySchedule: Bool) {
      self.job = job
      self.bySchedule = bySchedule
    }
  }

  /// What to begin; each of them counts as running until `ended` says otherwise.
  package mutating func begin(_ records: [JobRecord]) -> [Run] {
    let runs = records.compactMap { record -> Run? in
      guard let hasSchedule = duties[record.name], !running.contains(record.name), !record.isRunning,
        record.isRequested || record.isDue && hasSchedule
      else { return nil }
      return Run(record.name, bySchedule: hasSchedule)
    }
    for run in runs { running.insert(run.job) }
    return runs
  }

  package mutating func ended(_ job: String) {
    running.remove(job)
  }
}
