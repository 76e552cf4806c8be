// One of several users who are compared with each other, such as friends.

/// A user's place on a board and among those who were asked for.
public struct SelectedEntry: Sendable, Equatable {
  /// The user, by the id that callers know.
  public let userID: String
  /// What boards show.
  public let displayName: String?
  /// nil for a user who is not on the board, as are the ranks.
  public let score: Int64?
  /// The rank on the whole board.
  public let rank: Int64?
  /// The rank among those who were asked for.
  public let localRank: Int64?
  /// When the score was reached.
  public let reachedAt: Timestamp?
}

extension SelectedEntry: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    userID = try fields.text("userId")
    displayName = try fields.textIfAny("displayName")
    score = try fields.int64IfAny("score")
    rank = try fields.int64IfAny("rank")
    localRank = try fields.int64IfAny("localRank")
    reachedAt = try fields.timestampIfAny("reachedAt")
  }
}
