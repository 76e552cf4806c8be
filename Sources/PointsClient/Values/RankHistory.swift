// Which ranks a user had.

/// Ranks of a user on a board, newest first.
public struct RankHistory: Sendable, Equatable {
  /// A page of them.
  public let ranks: [PastRank]
  /// The best of all, whatever the page, the first time it was had; nil for who never had one, and where it
  /// was not asked for.
  public let best: PastRank?
  /// Where the next page begins; nil at the end.
  public let nextCursor: String?
}

/// A rank that a user once had.
public struct PastRank: Sendable, Equatable {
  /// The snapshot that tells it.
  public let snapshotID: String
  /// `close` for a period that is over; `scheduled` or `demand` for any other moment.
  public let purpose: String
  /// Which revision of the result it is; 1 for one that was never revised.
  public let revision: Int64
  /// The label of the period.
  public let period: String?
  /// The instant that the snapshot shows.
  public let asOf: Timestamp
  /// The rank.
  public let rank: Int64
  /// What users are ranked by.
  public let score: Int64
  /// When the score was reached.
  public let reachedAt: Timestamp
  /// How many users were on the board.
  public let members: Int64
}

extension RankHistory: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    ranks = try fields.list("ranks")
    let best = try fields.fieldsIfAny("best")
    if let best { self.best = try PastRank(best) } else { self.best = nil }
    nextCursor = try fields.textIfAny("nextCursor")
  }
}

extension PastRank: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    snapshotID = try fields.text("snapshotId")
    purpose = try fields.text("purpose")
    revision = try fields.int64IfAny("revision") ?? 1
    period = try fields.textIfAny("period")
    asOf = try fields.timestamp("asOf")
    rank = try fields.int64("rank")
    score = try fields.int64("score")
    reachedAt = try fields.timestamp("reachedAt")
    members = try fields.int64("members")
  }
}
