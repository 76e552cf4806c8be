// A cron expression, read in a time zone.
package import Calendar
package import Ledger

package struct CronSchedule: Schedule {
  private let expression: CronExpression
  private let zone: TimeZone

  package init(_ expression: CronExpression, in zone: TimeZone) {
    self.expression = expression
    self.zone = zone
  }

  package var text: String { expression.text }
  package var timeZone: String { zone.name }

  package func next(after instant: Instant) -> Instant? {
    expression.next(after: instant.microseconds, in: zone).map { Instant(microseconds: $0) }
  }
}
