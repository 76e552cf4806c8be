// What somebody decided, as it is noted in the transaction in which it is done: who, what, to which thing,
// and what was changed from what to what.
package import Ledger

package struct AuditNote: Sendable, Equatable {
  package enum Action: String, Sendable, CaseIterable {
    case boardDefined = "board_defined"
    case boardRenamed = "board_renamed"
    case boardRemoved = "board_removed"
    case seasonAnnounced = "season_announced"
    case periodShortened = "period_shortened"
    case periodExtended = "period_extended"
    case typeCreated = "type_created"
    case typeChanged = "type_changed"
    case typeDeleted = "type_deleted"
    case userDisabled = "user_disabled"
    case userEnabled = "user_enabled"
    case scheduleCreated = "schedule_created"
    case scheduleRemoved = "schedule_removed"
    case snapshotKept = "snapshot_kept"
    case snapshotRevised = "snapshot_revised"
    case rewardRuleCreated = "reward_rule_created"
    case rewardRuleChanged = "reward_rule_changed"
    case rewardRuleRemoved = "reward_rule_removed"
    case rewardTermsSet = "reward_terms_set"
    case rewardTermsRemoved = "reward_terms_removed"
    case distributionPlanned = "distribution_planned"
    case distributionApproved = "distribution_approved"
    case distributionRejected = "distribution_rejected"
    case distributionRetried = "distribution_retried"
    case keyCreated = "key_created"
    case keyRevoked = "key_revoked"
  }

  /// A field, and its value before and after; nil where there was none, or is none any more.
  package struct Change: Sendable, Equatable {
    package let field: String
    package let was: String?
    package let became: String?

    package init(_ field: String, from was: String? = nil, to became: String? = nil) {
      self.field = field
      self.was = was
      self.became = became
    }
  }

  package let actor: Actor
  package let action: Action
  /// The id of what it was done to.
  package let subject: String
  /// How that was called.
  package let subjectName: String
  package let changes: [Change]

  package init(
    _ actor: Actor, _ action: Action, subject: String, name: String, _ changes: [Change] = []
  ) {
    self.actor = actor
    self.action = action
    self.subject = subject
    subjectName = name
    // What stayed is not news.
    self.changes = changes.filter { !Self.isSame($0.was, $0.became) }
  }

  /// By bytes: to Swift two spellings of a letter are one.
  private static func isSame(_ one: String?, _ other: String?) -> Bool {
    switch (one, other) {
    case (nil, nil): true
    case (let one?, let other?): one.utf8.elementsEqual(other.utf8)
    case (nil, _?), (_?, nil): false
    }
  }
}

/// Who decides: a service by its key, or somebody at the command line.
package struct Actor: Sendable, Equatable {
  package let name: String

  package init(service: String) {
    name = service
  }

  /// Somebody who has the database's own password, such as `points keys create`.
  package static func command(_ words: String) -> Actor { Actor(service: "points " + words) }

  /// The service by its configuration.
  package static let configuration = Actor(service: "points configuration")
}

/// A note that was written.
package struct AuditEntry: Sendable, Equatable {
  package let id: Int64
  package let at: Instant
  package let actor: String
  /// One of `AuditNote.Action`; a newer release may have written others.
  package let action: String
  package let subject: String
  package let subjectName: String
  package let changes: [AuditNote.Change]
}
