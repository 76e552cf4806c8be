// What became of a stored result.

/// A score that is set in place of one that was wrong.
public struct FixedScore: Sendable, Equatable {
  /// The user, by the id that callers know.
  public var userID: String
  /// What the user is ranked by.
  public var score: Int64
  /// When it was reached, which decides between equals; nil leaves that as it was.
  public var reachedAt: Timestamp?

  /// A score to be set.
  public init(userID: String, score: Int64, reachedAt: Timestamp? = nil) {
    self.userID = userID
    self.score = score
    self.reachedAt = reachedAt
  }
}

/// The original of a result, or what was made of the one before.
public struct SnapshotRevision: Sendable, Equatable {
  /// What was changed of one user.
  public struct Change: Sendable, Equatable {
    /// The user, by the id that callers know.
    public let userID: String
    /// Whether the user is out of it.
    public let isDisqualified: Bool
    /// In the snapshot before.
    public let scoreBefore: Int64
    /// Nil for who was disqualified.
    public let score: Int64?
    /// When the score was reached; nil for who was disqualified.
    public let reachedAt: Timestamp?
  }

  /// What holds its entries.
  public let snapshotID: String
  /// Its place in the line; 1 for the original.
  public let revision: Int64
  /// The snapshot that it was made of.
  public let revises: String?
  /// How many are in it.
  public let members: Int64?
  /// Why it was made; nil for the original.
  public let reason: String?
  /// Which service decided it.
  public let revisedBy: String?
  /// When it was made.
  public let revisedAt: Timestamp?
  /// In the order of user ids.
  public let changes: [Change]
}

/// The revisions of a result, the newest first, down to the original.
public struct SnapshotRevisionPage: Sendable, Equatable {
  /// The first of them all.
  public let originalID: String
  /// The one by which the result is shown.
  public let newestID: String
  /// A page of them.
  public let revisions: [SnapshotRevision]
  /// Where the next page begins; nil at the end.
  public let nextCursor: String?
}

extension SnapshotRevisionPage: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    originalID = try fields.text("originalId")
    newestID = try fields.text("newestId")
    revisions = try fields.list("revisions")
    nextCursor = try fields.textIfAny("nextCursor")
  }
}

extension SnapshotRevision: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    snapshotID = try fields.text("snapshotId")
    revision = try fields.int64("revision")
    revises = try fields.textIfAny("revises")
    members = try fields.int64IfAny("members")
    reason = try fields.textIfAny("reason")
    revisedBy = try fields.textIfAny("revisedBy")
    revisedAt = try fields.timestampIfAny("revisedAt")
    changes = try fields.list("changes")
  }
}

extension SnapshotRevision.Change: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    userID = try fields.text("userId")
    isDisqualified = try fields.flag("disqualified")
    scoreBefore = try fields.int64("scoreBefore")
    score = try fields.int64IfAny("score")
    reachedAt = try fields.timestampIfAny("reachedAt")
  }
}
