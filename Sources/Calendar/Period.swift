// A stretch of time that a board counts.

package struct Period: Sendable, Hashable {
  /// Ascending with time, and steady: it is counted from 1970 on, in periods of the same rule and zone. Where
  /// a day was skipped, so is its number.
  package let index: Int32
  package let label: String
  /// Belongs to the period.
  package let start: UnixMicroseconds
  /// Belongs to the next period, and is its start.
  package let end: UnixMicroseconds

  package func contains(_ instant: UnixMicroseconds) -> Bool { start <= instant && instant < end }
}
