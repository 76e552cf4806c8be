// By what rules of rewards are applied.

/// Who gets what where several have the same score; a newer service may know more of them.
public struct TiePolicy: RawRepresentable, Sendable, Hashable {
  /// As it is spelt in calls and answers.
  public let rawValue: String

  /// A policy by its word.
  public init(rawValue: String) {
    self.rawValue = rawValue
  }

  /// Each of them what the best of their ranks gets.
  public static let best = TiePolicy(rawValue: "best")
  /// What their ranks get together, in equal parts; what is left over goes to the earliest.
  public static let split = TiePolicy(rawValue: "split")
  /// The earliest what the best of their ranks gets, the next what the next rank gets.
  public static let earliest = TiePolicy(rawValue: "earliest")
}

/// The terms of a scope, as they are or were.
public struct RewardTerms: Sendable, Equatable {
  /// From 1; each change makes a new one.
  public let revision: Int
  /// Whose they are.
  public let scope: RewardScope
  /// Who gets what among equals.
  public let ties: TiePolicy
  /// So much of a point type is given away for one snapshot at most; without an entry any amount.
  public let budgets: [Reward]
  /// Whether a payout waits until a service approves it that has not asked for it.
  public let needsApproval: Bool
  /// Whether each close of the board is paid without being asked.
  public let isAutomatic: Bool
  /// When they hold.
  public let validity: RewardValidity
}

/// Terms as they held at one instant.
public struct RewardTermsList: Sendable, Equatable {
  /// Of what instant they are.
  public let at: Timestamp
  /// Those that scopes have of their own.
  public let terms: [RewardTerms]
}

extension RewardTerms: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    revision = try fields.int("revision")
    scope = try RewardScope(fields)
    ties = TiePolicy(rawValue: try fields.text("ties"))
    budgets = try fields.list("budgets")
    // Whatever a newer service may want beside this is wanted.
    needsApproval = try fields.text("approval") != "none"
    isAutomatic = try fields.flag("automatic")
    validity = try RewardValidity(fields)
  }
}

extension RewardTermsList: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    at = try fields.timestamp("at")
    terms = try fields.list("terms")
  }
}
