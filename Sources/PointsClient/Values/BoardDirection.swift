// Which end of a board is its top; a struct, as all words of the service are.

/// Which scores are better.
public struct BoardDirection: RawRepresentable, Sendable, Hashable {
  /// The direction as the service spells it.
  public let rawValue: String

  /// A direction by its spelling.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The higher ones.
  public static let descending = BoardDirection(rawValue: "descending")
  /// The lower ones.
  public static let ascending = BoardDirection(rawValue: "ascending")
}
