// A board as the service keeps it.

/// What a defined board is.
public struct BoardDefinition: Sendable, Equatable {
  /// Names it for ever.
  public let id: String
  /// The name that calls use.
  public let name: String
  /// Of the boards that a board has for single categories: which one.
  public let category: String?
  /// The name of the point type.
  public let pointType: String
  /// What is shown of it.
  public let displayName: String
  /// More about it, in the caller's words.
  public let description: String?
  /// What it makes of transactions.
  public let metric: BoardMetric
  /// Which categories count.
  public let categories: CategoryFilter
  /// Whether what reward distributions credit counts, too.
  public let countsRewards: Bool
  /// What its periods are.
  public let period: PeriodRule
  /// Of a board by weeks: with which day they begin.
  public let firstDay: Weekday?
  /// In which its days begin.
  public let timeZone: String
  /// For how long after its end a period takes what happened before it.
  public let graceSeconds: Int64
  /// How equal scores are numbered.
  public let rankStyle: RankStyle
  /// Which scores are better.
  public let direction: BoardDirection
  /// Who has less is not listed.
  public let minScore: Int64?
  /// Who has fewer transactions on it is not listed.
  public let minCount: Int64?
  /// Whether disabled users are left out.
  public let isForEnabledOnly: Bool
  /// Whether it can be read.
  public let state: BoardState
  /// When it was defined.
  public let createdAt: Timestamp
  /// When it was last changed.
  public let updatedAt: Timestamp
}

extension BoardDefinition {
  /// By its id, for calls that take a board.
  public var board: Board { Board(id) }
}

extension BoardDefinition: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    id = try fields.text("id")
    name = try fields.text("name")
    category = try fields.textIfAny("category")
    pointType = try fields.text("pointType")
    displayName = try fields.text("displayName")
    description = try fields.textIfAny("description")
    metric = BoardMetric(rawValue: try fields.text("metric"))
    categories = try CategoryFilter(fields)
    countsRewards = try fields.flag("countRewards")
    period = PeriodRule(rawValue: try fields.text("period"))
    firstDay = try fields.textIfAny("firstDay").map { day throws(MalformedAnswer) in
      guard let day = Weekday(rawValue: day) else { throw MalformedAnswer("it has no weekday in firstDay") }
      return day
    }
    timeZone = try fields.text("timeZone")
    graceSeconds = try fields.int64("graceSeconds")
    rankStyle = RankStyle(rawValue: try fields.text("rankStyle"))
    direction = BoardDirection(rawValue: try fields.text("direction"))
    minScore = try fields.int64IfAny("minScore")
    minCount = try fields.int64IfAny("minCount")
    isForEnabledOnly = try fields.flag("enabledOnly")
    state = BoardState(rawValue: try fields.text("state"))
    createdAt = try fields.timestamp("createdAt")
    updatedAt = try fields.timestamp("updatedAt")
  }
}

extension CategoryFilter {
  fileprivate init(_ fields: Fields) throws(MalformedAnswer) {
    if let names = try fields.textsIfAny("categories") {
      self = .only(names)
    } else if let names = try fields.textsIfAny("exceptCategories") {
      self = .except(names)
    } else {
      self = .all
    }
  }
}
