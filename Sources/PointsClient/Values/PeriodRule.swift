// How long a board counts before it begins anew; a struct, for a newer service may have further ways.

/// What the periods of a board are.
public struct PeriodRule: RawRepresentable, Sendable, Hashable {
  /// The rule as the service spells it.
  public let rawValue: String

  /// A rule by its spelling.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// One period that has no end.
  public static let allTime = PeriodRule(rawValue: "allTime")
  /// From midnight to midnight in the board's time zone.
  public static let daily = PeriodRule(rawValue: "daily")
  /// From the midnight at which the board's first day of the week begins.
  public static let weekly = PeriodRule(rawValue: "weekly")
  /// From the first of a month to the next.
  public static let monthly = PeriodRule(rawValue: "monthly")
  /// Those that are announced, each with its own start and end.
  public static let seasons = PeriodRule(rawValue: "seasons")
}
