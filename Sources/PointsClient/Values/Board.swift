// The boards of a point type; a struct, for a newer service may have further ones.

/// By what users are ranked.
public struct Board: RawRepresentable, Sendable, Hashable {
  /// The name as the service spells it.
  public let rawValue: String

  /// A board by its name.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// By what they have.
  public static let balance = Board(rawValue: "balance")
  /// By what they ever earned.
  public static let earned = Board(rawValue: "earned")
}
