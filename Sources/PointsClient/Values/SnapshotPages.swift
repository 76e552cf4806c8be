// Pages of snapshots and of what they hold. A `nextCursor` of nil is the end, and nothing else is.

/// Snapshots, the last begun first.
public struct SnapshotPage: Sendable, Equatable {
  /// Of whatever state.
  public let snapshots: [Snapshot]
  /// Where the next page begins.
  public let nextCursor: String?
}

/// Those who are in a snapshot, best first.
public struct SnapshotEntryPage: Sendable, Equatable {
  /// The entries.
  public let entries: [SnapshotEntry]
  /// How many there are in all.
  public let members: Int64
  /// Where the next page begins.
  public let nextCursor: String?
}

/// One who is in a snapshot.
public struct SnapshotEntry: Sendable, Equatable {
  /// From 1 without a gap.
  public let place: Int64
  /// As the board ranks; equals may share one.
  public let rank: Int64
  /// The user, by the id that callers know.
  public let userID: String
  /// The name that the user has now.
  public let displayName: String?
  /// What users are ranked by.
  public let score: Int64
  /// When the score was reached.
  public let reachedAt: Timestamp
  /// How many transactions the account had then.
  public let version: Int64
}

/// Where a user was.
public struct SnapshotStanding: Sendable, Equatable {
  /// The user's entry.
  public let entry: SnapshotEntry
  /// How many users are in the snapshot.
  public let members: Int64
  /// The share of them, in percent, that is not better.
  public let percentile: Double
  /// How much was missing to the next better score; nil for the best.
  public let missing: Int64?
}

/// With whom something changed from one snapshot to another, in the order of ids. A page may be short or
/// empty and yet not be the last.
public struct SnapshotChangePage: Sendable, Equatable {
  /// The changes.
  public let changes: [SnapshotChange]
  /// Where the next page begins.
  public let nextCursor: String?
}

/// What became of one user.
public struct SnapshotChange: Sendable, Equatable {
  /// One of the two snapshots.
  public struct Side: Sendable, Equatable {
    /// The rank there.
    public let rank: Int64
    /// What users are ranked by.
    public let score: Int64
    /// When the score was reached.
    public let reachedAt: Timestamp
  }

  /// The user, by the id that callers know.
  public let userID: String
  /// Nil for one who came.
  public let before: Side?
  /// Nil for one who went.
  public let after: Side?
}

extension SnapshotPage: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    snapshots = try fields.list("snapshots")
    nextCursor = try fields.textIfAny("nextCursor")
  }
}

extension SnapshotEntryPage: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    entries = try fields.list("entries")
    members = try fields.int64("members")
    nextCursor = try fields.textIfAny("nextCursor")
  }
}

extension SnapshotEntry: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    place = try fields.int64("place")
    rank = try fields.int64("rank")
    userID = try fields.text("userId")
    displayName = try fields.textIfAny("displayName")
    score = try fields.int64("score")
    reachedAt = try fields.timestamp("reachedAt")
    version = try fields.int64("version")
  }
}

extension SnapshotStanding: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    entry = try SnapshotEntry(fields)
    members = try fields.int64("members")
    percentile = try fields.number("percentile")
    missing = try fields.int64IfAny("missing")
  }
}

extension SnapshotChangePage: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    changes = try fields.list("changes")
    nextCursor = try fields.textIfAny("nextCursor")
  }
}

extension SnapshotChange: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    userID = try fields.text("userId")
    before = try Side(ifAny: "before", of: fields)
    after = try Side(ifAny: "after", of: fields)
  }
}

extension SnapshotChange.Side {
  init?(ifAny name: String, of fields: Fields) throws(MalformedAnswer) {
    guard let side = try fields.fieldsIfAny(name) else { return nil }
    rank = try side.int64("rank")
    score = try side.int64("score")
    reachedAt = try side.timestamp("reachedAt")
  }
}
