// Where an answer came from; a struct, for a newer service may know further sources.

/// Where the service read an answer.
public struct DataSource: RawRepresentable, Sendable, Hashable {
  /// The source as the service spells it.
  public let rawValue: String

  /// A source by its spelling.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// The live mirror.
  public static let redis = DataSource(rawValue: "redis")
  /// The ledger itself.
  public static let ledger = DataSource(rawValue: "ledger")
  /// What was stored when a period was closed.
  public static let snapshot = DataSource(rawValue: "snapshot")
}
