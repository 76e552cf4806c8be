// One of several users who are compared with each other.

/// A user's place on a board and among those who were asked for.
public struct SelectedEntry: Sendable, Equatable {
  /// The user's place on the whole board.
  public let entry: LeaderboardEntry
  /// The rank among those who were asked for.
  public let localRank: Int64
}

extension SelectedEntry: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    entry = try LeaderboardEntry(fields)
    localRank = try fields.int64("localRank")
  }
}
