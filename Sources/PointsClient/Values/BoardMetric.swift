// What a board adds up; a struct, for a newer service may have further ones.

/// What a board makes of the transactions that count on it.
public struct BoardMetric: RawRepresentable, Sendable, Hashable {
  /// The metric as the service spells it.
  public let rawValue: String

  /// A metric by its spelling.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Credits that are earned, less what was taken back of them.
  public static let earned = BoardMetric(rawValue: "earned")
  /// What was spent, less what was refunded or taken back.
  public static let spent = BoardMetric(rawValue: "spent")
  /// Credits less debits.
  public static let net = BoardMetric(rawValue: "net")
  /// The best single credit that is earned.
  public static let best = BoardMetric(rawValue: "best")
  /// How many transactions there are, less those that were taken back wholly.
  public static let count = BoardMetric(rawValue: "count")
}
