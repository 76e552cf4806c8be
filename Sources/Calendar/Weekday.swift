// The days of the week, numbered as ISO 8601 does.

package enum Weekday: Int, Sendable, Hashable, CaseIterable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  /// How many days this one comes after the latest `first`; 0 to 6.
  package func days(after first: Weekday) -> Int { (rawValue - first.rawValue + 7) % 7 }

  /// Sunday is 0, as cron and POSIX count.
  var fromSunday: Int { rawValue % 7 }
}
