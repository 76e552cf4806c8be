// The boards of a point type; a struct, for there are as many as somebody defines.

/// By what users are ranked: one of the two boards that every point type has, or the name or id of a defined
/// one, which a literal gives as well: `board: "league"`.
public struct Board: RawRepresentable, Sendable, Hashable {
  /// The name as the service spells it.
  public let rawValue: String

  /// A board by its name or id.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// A board by its name or id.
  public init(_ nameOrID: String) {
    self.init(rawValue: nameOrID)
  }

  /// By what they have.
  public static let balance = Board(rawValue: "balance")
  /// By what they ever earned.
  public static let earned = Board(rawValue: "earned")
}

extension Board: ExpressibleByStringLiteral {
  /// A board by its name or id.
  public init(stringLiteral nameOrID: String) {
    self.init(rawValue: nameOrID)
  }
}
