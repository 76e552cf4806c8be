// Who had which rank at some moment, stored for good.

/// A snapshot of a board.
public struct Snapshot: Sendable, Equatable {
  /// What it is called in all calls.
  public let id: String
  /// The name of the point type.
  public let pointType: String
  /// What the board was called then.
  public let board: Board
  /// The id of a board that was defined; nil for `balance` and `earned`.
  public let boardID: String?
  /// Of a board that has one for each category: which one.
  public let category: String?
  /// The label of the period that it is of.
  public let period: String?
  /// `close`, `scheduled`, `demand` or `revision`.
  public let purpose: String
  /// Its place among the revisions of one result; 1 for the original.
  public let revision: Int64
  /// Of a revision: the snapshot that it was made of.
  public let revises: String?
  /// `ledger` or `live`.
  public let source: SnapshotSource
  /// How far it is.
  public let state: SnapshotState
  /// Why it could not be taken.
  public let reason: String?
  /// The instant that it shows.
  public let asOf: Timestamp?
  /// The moment of the ledger that it is of.
  public let takenAt: Timestamp?
  /// How many are in it; nil until it is complete.
  public let members: Int64?
  /// The exact sum of all scores.
  public let scoreSum: Int128?
  /// The same for snapshots that say the same of ranks, users, scores and times.
  public let digest: String?
  /// What came of holding it against the mirror.
  public let comparison: SnapshotComparison?
  /// Why it was not held against the mirror, when it was to be.
  public let notCompared: String?
  /// From when on its entries may be removed; nil for never.
  public let keepUntil: Timestamp?
  /// Of one that was taken by schedule: what the schedule was called.
  public let schedule: String?
  /// And when it was due.
  public let dueAt: Timestamp?
}

/// What came of holding a snapshot against the mirror.
public struct SnapshotComparison: Sendable, Equatable {
  /// How many accounts were in the same state there.
  public let checked: Int64
  /// Of these, how many differed all the same.
  public let drifted: Int64
  /// Of these, how many were put right in Redis.
  public let repaired: Int64
}

/// Of what a snapshot is made; a struct, for a newer service may have further ones.
public struct SnapshotSource: RawRepresentable, Sendable, Hashable {
  /// The source as the service spells it.
  public let rawValue: String

  /// A source by its spelling.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// All of one moment of the ledger.
  public static let ledger = SnapshotSource(rawValue: "ledger")
  /// What the mirror showed while it was read.
  public static let live = SnapshotSource(rawValue: "live")
}

/// How far a snapshot is; a struct, for a newer service may have further states.
public struct SnapshotState: RawRepresentable, Sendable, Hashable {
  /// The state as the service spells it.
  public let rawValue: String

  /// A state by its spelling.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// It is being taken.
  public static let building = SnapshotState(rawValue: "building")
  /// All of it is there, for good.
  public static let complete = SnapshotState(rawValue: "complete")
  /// It could not be taken.
  public static let failed = SnapshotState(rawValue: "failed")
  /// Its entries were removed.
  public static let expired = SnapshotState(rawValue: "expired")
}

extension Snapshot: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    id = try fields.text("id")
    pointType = try fields.text("pointType")
    board = Board(rawValue: try fields.text("board"))
    boardID = try fields.textIfAny("boardId")
    category = try fields.textIfAny("category")
    period = try fields.textIfAny("period")
    purpose = try fields.text("purpose")
    revision = try fields.int64IfAny("revision") ?? 1
    revises = try fields.textIfAny("revises")
    source = SnapshotSource(rawValue: try fields.text("source"))
    state = SnapshotState(rawValue: try fields.text("state"))
    reason = try fields.textIfAny("reason")
    asOf = try fields.timestampIfAny("asOf")
    takenAt = try fields.timestampIfAny("takenAt")
    members = try fields.int64IfAny("members")
    scoreSum = members == nil ? nil : try fields.int128("scoreSum")
    digest = try fields.textIfAny("digest")
    let comparison = try fields.fieldsIfAny("comparison")
    if let comparison { self.comparison = try SnapshotComparison(comparison) } else { self.comparison = nil }
    notCompared = try fields.textIfAny("notCompared")
    keepUntil = try fields.timestampIfAny("keepUntil")
    schedule = try fields.textIfAny("schedule")
    dueAt = try fields.timestampIfAny("dueAt")
  }
}

extension SnapshotComparison: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    checked = try fields.int64("checked")
    drifted = try fields.int64("drifted")
    repaired = try fields.int64("repaired")
  }
}
