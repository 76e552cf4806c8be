// The places around a user or a score.

/// Consecutive places of a board around one that was asked for.
public struct LeaderboardNeighbours: Sendable, Equatable {
  /// The places, best first.
  public let entries: [LeaderboardEntry]
  /// The ledger's position that the board reflects; nil where the service does not know it.
  public let position: Int64?
  /// Where the service read it.
  public let source: DataSource?
}

extension LeaderboardNeighbours: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    entries = try fields.list("entries")
    position = try fields.int64IfAny("position")
    source = try fields.textIfAny("source").map { DataSource(rawValue: $0) }
  }
}
