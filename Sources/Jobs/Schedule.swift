// When a job is due. Tests have schedules of their own; those of the service are cron expressions.
package import Ledger

package protocol Schedule: Sendable {
  /// As people write it.
  var text: String { get }
  /// In which it is read.
  var timeZone: String { get }

  /// The first instant after this one at which it is due; nil if there is none.
  func next(after instant: Instant) -> Instant?
}
