// One user's place on a board, and the way to the next.

/// Where a user stands.
public struct Rank: Sendable, Equatable {
  /// The user, by the id that callers know.
  public let userID: String
  /// What boards show.
  public let displayName: String?
  /// The rank; equal scores share one, unless the board's style is ordinal.
  public let rank: Int64
  /// What users are ranked by.
  public let score: Int64
  /// When the score was reached.
  public let reachedAt: Timestamp?
  /// The rank before, where it was asked for; nil if the user was not listed then.
  public let previousRank: Int64?
  /// How many ranks better it is than before; below 0 if it is worse.
  public let change: Int64?
  /// Which snapshot the rank was compared with; nil where there was none.
  public let comparedWith: ComparedSnapshot?
  /// How many users are on the board.
  public let members: Int64
  /// The share of the board, in percent, that is not better.
  public let percentile: Double
  /// Points to the next better score; nil for the first.
  public let missing: Int64?
  /// Of a board that a defined one has for a single category: which.
  public let category: String?
  /// Of a defined board: the label of its period.
  public let period: String?
  /// The ledger's position that the board reflects; nil where the service does not know it.
  public let position: Int64?
  /// Where the service read it.
  public let source: DataSource
  /// The instant that the board is of, if it is not a live one.
  public let asOf: Timestamp?
  /// Of a period that is stored: the snapshot that holds it.
  public let snapshotID: String?
}

extension Rank: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    userID = try fields.text("userId")
    displayName = try fields.textIfAny("displayName")
    rank = try fields.int64("rank")
    score = try fields.int64("score")
    reachedAt = try fields.timestampIfAny("reachedAt")
    previousRank = try fields.int64IfAny("previousRank")
    change = try fields.int64IfAny("change")
    comparedWith = try ComparedSnapshot(ifAny: "comparedWith", of: fields)
    members = try fields.int64("members")
    percentile = try fields.number("percentile")
    missing = try fields.int64IfAny("missing")
    category = try fields.textIfAny("category")
    period = try fields.textIfAny("period")
    position = try fields.int64IfAny("position")
    source = DataSource(rawValue: try fields.text("source"))
    asOf = try fields.timestampIfAny("asOf")
    snapshotID = try fields.textIfAny("snapshotId")
  }
}
