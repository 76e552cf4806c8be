// How equal scores are numbered; a struct, for a newer service may know further ways.

/// What rank equal scores have, and the one behind them.
public struct RankStyle: RawRepresentable, Sendable, Hashable {
  /// The style as the service spells it.
  public let rawValue: String

  /// A style by its spelling.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// 1, 2, 2, 4.
  public static let competition = RankStyle(rawValue: "competition")
  /// 1, 2, 2, 3.
  public static let dense = RankStyle(rawValue: "dense")
  /// 1, 2, 3, 4: among equal scores by who reached it first.
  public static let ordinal = RankStyle(rawValue: "ordinal")
}
