// A part of a board, and what the board comes to.

/// Consecutive places of a board, best first.
public struct LeaderboardPage: Sendable, Equatable {
  /// The name of the point type.
  public let pointType: String
  /// Which board it is.
  public let board: Board
  /// Of a board that a defined one has for a single category: which.
  public let category: String?
  /// Of a defined board: the label of its period.
  public let period: String?
  /// The places, best first.
  public let entries: [LeaderboardEntry]
  /// Which snapshot the ranks were compared with; nil where there was none, or it was not asked for.
  public let comparedWith: ComparedSnapshot?
  /// How many users are on the board.
  public let members: Int64
  /// How many users are in the share that was asked for; nil where none was.
  public let topMembers: Int64?
  /// Figures about the whole board; nil for an empty one.
  public let statistics: LeaderboardStatistics?
  /// The ledger's position that the board reflects; nil where the service does not know it.
  public let position: Int64?
  /// Where the service read it.
  public let source: DataSource
  /// The instant that the board is of, if it is not a live one.
  public let asOf: Timestamp?
  /// Of a period that is stored: the snapshot that holds it.
  public let snapshotID: String?
}

extension LeaderboardPage: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    pointType = try fields.text("pointType")
    board = Board(rawValue: try fields.text("board"))
    category = try fields.textIfAny("category")
    period = try fields.textIfAny("period")
    entries = try fields.list("entries")
    comparedWith = try ComparedSnapshot(ifAny: "comparedWith", of: fields)
    members = try fields.int64("members")
    topMembers = try fields.int64IfAny("topMembers")
    let figures = try fields.fieldsIfAny("statistics")
    if let figures { statistics = try LeaderboardStatistics(figures) } else { statistics = nil }
    position = try fields.int64IfAny("position")
    source = DataSource(rawValue: try fields.text("source"))
    asOf = try fields.timestampIfAny("asOf")
    snapshotID = try fields.textIfAny("snapshotId")
  }
}
