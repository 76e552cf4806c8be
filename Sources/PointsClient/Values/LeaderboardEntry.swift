// One line of a board.

/// A user's place on a board. Equal scores share a rank, and the next rank skips (1, 2, 2, 4), unless the
/// board is defined with another style; among equals the first to reach the score is listed first.
public struct LeaderboardEntry: Sendable, Equatable {
  /// The rank; equal scores share one.
  public let rank: Int64
  /// The user, by the id that callers know.
  public let userID: String
  /// What boards show.
  public let displayName: String?
  /// What users are ranked by.
  public let score: Int64
  /// When the score was reached.
  public let reachedAt: Timestamp?
  /// The rank before, where it was asked for; nil if the user was not listed then.
  public let previousRank: Int64?
  /// How many ranks better it is than before; below 0 if it is worse.
  public let change: Int64?
}

extension LeaderboardEntry: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    rank = try fields.int64("rank")
    userID = try fields.text("userId")
    displayName = try fields.textIfAny("displayName")
    score = try fields.int64("score")
    reachedAt = try fields.timestampIfAny("reachedAt")
    previousRank = try fields.int64IfAny("previousRank")
    change = try fields.int64IfAny("change")
  }
}
