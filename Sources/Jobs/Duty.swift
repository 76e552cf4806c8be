// A duty: something the service does by itself, again and again. The runner sees to it that one process at a
// time does it, as far as a lease can: a process that was stopped in the middle may go on after another has
// begun. So a duty must be harmless when it is done twice, or half, or by two at once; and what was missed
// while nobody ran is for the duty to find, which is called once on return and not once for each time missed.
package import LedgerStore

package struct Duty: Sendable {
  package typealias RunOnce = @Sendable (JobProgress) async throws(JobFailure) -> JobOutcome

  package let title: JobTitle
  /// Nil for one that is done only when it is asked for.
  package let schedule: (any Schedule)?
  /// A run that takes longer is told to stop, and has failed.
  package let longest: Duration
  /// Does what there is to do now. It heeds being cancelled, soon.
  package let runOnce: RunOnce

  package init(
    _ title: JobTitle, schedule: (any Schedule)?, longest: Duration = .seconds(3600),
    runOnce: @escaping RunOnce
  ) {
    self.title = title
    self.schedule = schedule
    self.longest = longest
    self.runOnce = runOnce
  }

  package var name: String { title.name }
}
