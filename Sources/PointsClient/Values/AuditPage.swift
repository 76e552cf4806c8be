// What administrators decided, and how it was before.

/// A part of what was decided, the last first.
public struct AuditPage: Sendable, Equatable {
  /// The decisions.
  public let entries: [AuditEntry]
  /// Where the next page begins; nil at the end.
  public let nextCursor: String?
}

/// One decision.
public struct AuditEntry: Sendable, Equatable {
  /// Ascending with time, with gaps.
  public let id: Int64
  /// When it was done.
  public let at: Timestamp
  /// The service whose key was shown, or the command, such as `points keys`.
  public let actor: String
  /// What was done, such as `period_extended`.
  public let action: String
  /// The id of what it was done to.
  public let subject: String
  /// How that was called then.
  public let subjectName: String
  /// Which fields became what.
  public let changes: [AuditChange]
}

/// A field that was changed.
public struct AuditChange: Sendable, Equatable {
  /// Its name.
  public let field: String
  /// Nil where there was none.
  public let was: String?
  /// Nil where there is none any more.
  public let became: String?
}

extension AuditPage: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    entries = try fields.list("entries")
    nextCursor = try fields.textIfAny("nextCursor")
  }
}

extension AuditEntry: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    id = try fields.int64("id")
    at = try fields.timestamp("at")
    actor = try fields.text("actor")
    action = try fields.text("action")
    subject = try fields.text("subject")
    subjectName = try fields.text("subjectName")
    changes = try fields.list("changes")
  }
}

extension AuditChange: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    field = try fields.text("field")
    was = try fields.textIfAny("was")
    became = try fields.textIfAny("became")
  }
}
