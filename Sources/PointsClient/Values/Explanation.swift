// Why a user stands where he does.

/// What makes up a user's score, a page of it.
public struct Explanation: Sendable, Equatable {
  /// The name of the point type.
  public let pointType: String
  /// Which board it is.
  public let board: Board
  /// Of a board that a defined one has for a single category: which.
  public let category: String?
  /// Of a defined board: the label of its period.
  public let period: String?
  /// The user, by the id that callers know.
  public let userID: String
  /// The rank that the first page told.
  public let rank: Int64
  /// And the score, to which the contributions of all pages add up.
  public let score: Int64
  /// When it was reached.
  public let reachedAt: Timestamp
  /// How many users are on the board.
  public let members: Int64
  /// How many transactions the account had then.
  public let version: Int64
  /// Of a stored period whose score was set by a revision; the contributions add up to what was counted.
  public let correction: ScoreCorrection?
  /// The transactions, newest first.
  public let entries: [ScoreContribution]
  /// Where the next page begins; nil at the end, and only there.
  public let nextCursor: String?
  /// Who has passed the user; on the first page only.
  public let passedBy: PassedBy?
  /// The ledger's position that the board reflects; nil where the service does not know it.
  public let position: Int64?
  /// Where the service read it; on the first page only.
  public let source: DataSource?
  /// The instant that the board is of, if it is not a live one.
  public let asOf: Timestamp?
  /// Of a period that is stored: the snapshot that holds it.
  public let snapshotID: String?
}

/// A score that was set by a revision.
public struct ScoreCorrection: Sendable, Equatable {
  /// The score that the ledger explains.
  public let countedScore: Int64
  /// The revision that set it last.
  public let snapshotID: String
  /// Its place in the line.
  public let revision: Int64
  /// Why it was made.
  public let reason: String
}

/// A transaction, and what it adds to a score.
public struct ScoreContribution: Sendable, Equatable {
  /// Never 0.
  public let contribution: Int64
  /// The transaction.
  public let transaction: Transaction
}

/// Who has a better rank now than a user, and had none before an instant.
public struct PassedBy: Sendable, Equatable {
  /// One who has passed.
  public struct Passer: Sendable, Equatable {
    /// Where he is now.
    public let entry: LeaderboardEntry
    /// Nil if he was not listed then.
    public let scoreThen: Int64?
    /// `behind`, `level` or `unlisted`: what he was to the user then.
    public let then: String
  }

  /// The instant.
  public let since: Timestamp
  /// The user's own score then; nil if he was not listed.
  public let scoreThen: Int64?
  /// The nearest first.
  public let users: [Passer]
  /// Whether there may be more.
  public let isTruncated: Bool
}

extension Explanation: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    pointType = try fields.text("pointType")
    board = Board(rawValue: try fields.text("board"))
    category = try fields.textIfAny("category")
    period = try fields.textIfAny("period")
    userID = try fields.text("userId")
    rank = try fields.int64("rank")
    score = try fields.int64("score")
    reachedAt = try fields.timestamp("reachedAt")
    members = try fields.int64("members")
    version = try fields.int64("version")
    let correction = try fields.fieldsIfAny("correction")
    if let correction { self.correction = try ScoreCorrection(correction) } else { self.correction = nil }
    entries = try fields.list("entries")
    nextCursor = try fields.textIfAny("nextCursor")
    let passedBy = try fields.fieldsIfAny("passedBy")
    if let passedBy { self.passedBy = try PassedBy(passedBy) } else { self.passedBy = nil }
    position = try fields.int64IfAny("position")
    source = try fields.textIfAny("source").map { DataSource(rawValue: $0) }
    asOf = try fields.timestampIfAny("asOf")
    snapshotID = try fields.textIfAny("snapshotId")
  }
}

extension ScoreCorrection: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    countedScore = try fields.int64("countedScore")
    snapshotID = try fields.text("snapshotId")
    revision = try fields.int64("revision")
    reason = try fields.text("reason")
  }
}

extension ScoreContribution: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    contribution = try fields.int64("contribution")
    transaction = try fields.value("transaction")
  }
}

extension PassedBy: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    since = try fields.timestamp("since")
    scoreThen = try fields.int64IfAny("scoreThen")
    users = try fields.list("users")
    isTruncated = try fields.flag("truncated")
  }
}

extension PassedBy.Passer: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    entry = try LeaderboardEntry(fields)
    scoreThen = try fields.int64IfAny("scoreThen")
    then = try fields.text("then")
  }
}
