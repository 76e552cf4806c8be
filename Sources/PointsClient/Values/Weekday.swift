// With which day the week of a board begins.

/// A day of the week, as the service spells it.
public enum Weekday: String, Sendable, CaseIterable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}
