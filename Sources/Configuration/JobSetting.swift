// What an operator says of one job. Whether there is such a job, and whether its schedule can be read, is
// found out where jobs and calendars are known.

package struct JobSetting: Sendable, Equatable {
  package let job: String
  /// Nil for one that is off.
  package let expression: String?

  package init(_ job: String, _ expression: String?) {
    self.job = job
    self.expression = expression
  }
}
