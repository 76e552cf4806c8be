// What is given for a rank, and to whom.

/// Whom a rule rewards.
public enum RewardReach: Sendable, Equatable {
  /// Both included, from 1.
  case ranks(ClosedRange<Int64>)
  /// Of all who are listed those behind the best `above` percent, up to the best `top` percent, rounded up at
  /// either end. Two decimals count.
  case percent(above: Double = 0, top: Double)
}

/// An amount of points of one type.
public struct Reward: Sendable, Equatable {
  /// The name of the point type.
  public let pointType: String
  /// Positive, and 10^18 at most.
  public let amount: Int64

  /// So many points of this type.
  public init(_ amount: Int64, of pointType: String = "points") {
    self.pointType = pointType
    self.amount = amount
  }
}

/// Whose ranks are meant, since when it holds, and who wanted it so.
public struct RewardScope: Sendable, Equatable {
  /// The name of the point type.
  public let pointType: String
  /// Nil for all boards of the type that have nothing of their own.
  public let board: Board?
  /// The id of a board that was defined.
  public let boardID: String?
  /// Of a board that has one for each category: which one.
  public let category: String?
}

/// Since when something held, and until when.
public struct RewardValidity: Sendable, Equatable {
  /// From this instant on.
  public let from: Timestamp
  /// At this instant not any more; nil as long as it holds.
  public let until: Timestamp?
  /// The service by whose key it was decided.
  public let decidedBy: String
  /// The service by whose key it was ended.
  public let endedBy: String?
}

/// A rule, as it is said or was.
public struct RewardRule: Sendable, Equatable {
  /// Stays the same through all revisions.
  public let id: String
  /// From 1; each change makes a new one.
  public let revision: Int
  /// Whose ranks it rewards.
  public let scope: RewardScope
  /// What people call it.
  public let name: String?
  /// Whom it rewards.
  public let reach: RewardReach
  /// What each of them is given: one amount of each point type.
  public let rewards: [Reward]
  /// Whether anybody is paid by it.
  public let isActive: Bool
  /// When it holds.
  public let validity: RewardValidity
  /// What is odd about the rules of its scope, where it was just saved.
  public let warnings: [RewardWarning]
}

/// Something odd that keeps nobody from being paid.
public struct RewardWarning: Sendable, Equatable {
  /// `gap`: nobody is rewarded for these, although others behind them are.
  public let code: String
  /// The same in words.
  public let detail: String
}

/// Rules as they held at one instant.
public struct RewardRuleList: Sendable, Equatable {
  /// Of what instant they are.
  public let at: Timestamp
  /// Those of a scope together: ranks before shares, the best first.
  public let rules: [RewardRule]
}

/// What a rule says and said.
public struct RewardRuleVersions: Sendable, Equatable {
  /// The newest first.
  public let versions: [RewardRule]
  /// Older ones are before this revision; nil at the end.
  public let nextBefore: Int?
}

extension RewardScope: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    pointType = try fields.text("pointType")
    board = try fields.textIfAny("board").map { Board(rawValue: $0) }
    boardID = try fields.textIfAny("boardId")
    category = try fields.textIfAny("category")
  }
}

extension RewardValidity: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    from = try fields.timestamp("validFrom")
    until = try fields.timestampIfAny("validUntil")
    decidedBy = try fields.text("decidedBy")
    endedBy = try fields.textIfAny("endedBy")
  }
}

extension Reward: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    pointType = try fields.text("pointType")
    amount = try fields.int64("amount")
  }
}

extension RewardWarning: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    code = try fields.text("code")
    detail = try fields.text("detail")
  }
}

extension RewardReach: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    guard let first = try fields.int64IfAny("minRank") else {
      self = .percent(above: try fields.number("abovePercent"), top: try fields.number("topPercent"))
      return
    }
    let last = try fields.int64("maxRank")
    guard first <= last else { throw MalformedAnswer("its ranks end before they begin") }
    self = .ranks(first...last)
  }
}

extension RewardRule: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    id = try fields.text("id")
    revision = try fields.int("revision")
    scope = try RewardScope(fields)
    name = try fields.textIfAny("name")
    reach = try RewardReach(fields)
    rewards = try fields.list("rewards")
    isActive = try fields.flag("active")
    validity = try RewardValidity(fields)
    warnings = try fields.listIfAny("warnings") ?? []
  }
}

extension RewardRuleList: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    at = try fields.timestamp("at")
    rules = try fields.list("rules")
  }
}

extension RewardRuleVersions: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    versions = try fields.list("versions")
    nextBefore = try fields.intIfAny("nextBefore")
  }
}
