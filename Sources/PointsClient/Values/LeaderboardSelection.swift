// Several users compared with each other.

/// The places of users who were asked for.
public struct LeaderboardSelection: Sendable, Equatable {
  /// The places, best first.
  public let entries: [SelectedEntry]
  /// The ledger's position that the board reflects; nil where the service does not know it.
  public let position: Int64?
  /// Where the service read it.
  public let source: DataSource?
}

extension LeaderboardSelection: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    entries = try fields.list("entries")
    position = try fields.int64IfAny("position")
    source = try fields.textIfAny("source").map { DataSource(rawValue: $0) }
  }
}
