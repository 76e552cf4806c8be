// How far a board is; a struct, for a newer service may know further states.

/// Whether a board can be read.
public struct BoardState: RawRepresentable, Sendable, Hashable {
  /// The state as the service spells it.
  public let rawValue: String

  /// A state by its spelling.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// What was posted before it was defined is being counted.
  public static let filling = BoardState(rawValue: "filling")
  /// It is read.
  public static let ready = BoardState(rawValue: "ready")
  /// Nothing counts on it, because the service does not know its time zone.
  public static let stopped = BoardState(rawValue: "stopped")
}
