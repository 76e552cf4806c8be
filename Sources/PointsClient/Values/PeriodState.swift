// How far a period is; a struct, for a newer service may know further states.

/// Where a period is between its announcement and its place in history.
public struct PeriodState: RawRepresentable, Sendable, Hashable {
  /// The state as the service spells it.
  public let rawValue: String

  /// A state by its spelling.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// It is not closed; perhaps it has not begun.
  public static let open = PeriodState(rawValue: "open")
  /// Nothing counts in it any more, and it is being stored.
  public static let closing = PeriodState(rawValue: "closing")
  /// It is stored, and never changes.
  public static let frozen = PeriodState(rawValue: "frozen")
  /// It is stored, and its payout waits for approval or is being paid.
  public static let paying = PeriodState(rawValue: "paying")
  /// It is stored, and its payout is paid.
  public static let paid = PeriodState(rawValue: "paid")
  /// It was open when its board was removed.
  public static let skipped = PeriodState(rawValue: "skipped")
  /// Storing it failed, and is tried again; or, if it has a snapshot, it is stored and its payout failed.
  public static let failed = PeriodState(rawValue: "failed")
}
