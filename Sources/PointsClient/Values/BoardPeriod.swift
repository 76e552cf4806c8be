// A period of a board, from the day it was announced to the day it is history.

/// A stretch of time that a board counts by itself.
public struct BoardPeriod: Sendable, Equatable {
  /// By which readers ask for it, such as `2026-W05`.
  public let label: String
  /// Its first instant; nil for one that has no beginning.
  public let startsAt: Timestamp?
  /// The first instant that is no longer in it; nil for one that has no end.
  public let endsAt: Timestamp?
  /// How far it is.
  public let state: PeriodState
  /// Why it is `failed` or `skipped`.
  public let reason: String?
  /// From when on nothing could count in it any more.
  public let closedAt: Timestamp?
  /// When its ranks were stored.
  public let frozenAt: Timestamp?
  /// The snapshot that holds them.
  public let snapshotID: String?
}

extension BoardPeriod: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    label = try fields.text("label")
    startsAt = try fields.timestampIfAny("startsAt")
    endsAt = try fields.timestampIfAny("endsAt")
    state = PeriodState(rawValue: try fields.text("state"))
    reason = try fields.textIfAny("reason")
    closedAt = try fields.timestampIfAny("closedAt")
    frozenAt = try fields.timestampIfAny("frozenAt")
    snapshotID = try fields.textIfAny("snapshotId")
  }
}
