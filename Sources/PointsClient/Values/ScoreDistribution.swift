// How scores are spread.

/// How the members of a board are spread over its scores.
public struct ScoreDistribution: Sendable, Equatable {
  /// A score that so many percent of the members do not exceed.
  public struct Percentile: Sendable, Equatable {
    /// How many percent.
    public let percent: Int
    /// The lowest such score.
    public let score: Int64
  }

  /// Scores next to each other, and how many members have one of them.
  public struct Bucket: Sendable, Equatable {
    /// The first score.
    public let from: Int64
    /// The last.
    public let to: Int64
    /// How many members have one of them.
    public let members: Int64
  }

  /// The name of the point type.
  public let pointType: String
  /// Which board it is.
  public let board: Board
  /// Of a board that a defined one has for a single category: which.
  public let category: String?
  /// Of a defined board: the label of its period.
  public let period: String?
  /// How many users are on the board.
  public let members: Int64
  /// Nil for an empty board.
  public let lowest: Int64?
  /// Nil for an empty board.
  public let highest: Int64?
  /// Figures about the whole board; nil for an empty one.
  public let statistics: LeaderboardStatistics?
  /// From the lowest share on.
  public let percentiles: [Percentile]
  /// From the lowest score on.
  public let buckets: [Bucket]
  /// The ledger's position that the board reflects; nil where the service does not know it.
  public let position: Int64?
  /// Where the service read it.
  public let source: DataSource
  /// The instant that the board is of, if it is not a live one.
  public let asOf: Timestamp?
  /// Of a period that is stored: the snapshot that holds it.
  public let snapshotID: String?
}

extension ScoreDistribution: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    pointType = try fields.text("pointType")
    board = Board(rawValue: try fields.text("board"))
    category = try fields.textIfAny("category")
    period = try fields.textIfAny("period")
    members = try fields.int64("members")
    lowest = try fields.int64IfAny("lowest")
    highest = try fields.int64IfAny("highest")
    let figures = try fields.fieldsIfAny("statistics")
    if let figures { statistics = try LeaderboardStatistics(figures) } else { statistics = nil }
    percentiles = try fields.list("percentiles")
    buckets = try fields.list("buckets")
    position = try fields.int64IfAny("position")
    source = DataSource(rawValue: try fields.text("source"))
    asOf = try fields.timestampIfAny("asOf")
    snapshotID = try fields.textIfAny("snapshotId")
  }
}

extension ScoreDistribution.Percentile: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    percent = try fields.int("percent")
    score = try fields.int64("score")
  }
}

extension ScoreDistribution.Bucket: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    from = try fields.int64("from")
    to = try fields.int64("to")
    members = try fields.int64("members")
  }
}
