// A board as somebody wants it. What is left alone is what the service takes for its default.
import JSON

/// A board that is to be.
public struct BoardDraft: Sendable, Equatable {
  /// The name that calls are to use.
  public var name: String
  /// The name or id of the point type; nil for the default one.
  public var pointType: String?
  /// What is shown of it; nil for its name.
  public var displayName: String?
  /// More about it.
  public var description: String?
  /// What it makes of transactions.
  public var metric: BoardMetric
  /// Which categories count.
  public var categories: CategoryFilter
  /// Whether there is to be a board like it for each category of the service beside it.
  public var hasEachCategory: Bool
  /// Whether what reward distributions credit counts, too.
  public var countsRewards: Bool
  /// What its periods are.
  public var period: PeriodRule
  /// Of a board by weeks: with which day they begin; nil for Monday.
  public var firstDay: Weekday?
  /// Of a board by seasons: the first ones. More can be announced later.
  public var seasons: [Season]
  /// By its name, such as Europe/Berlin: in which days begin.
  public var timeZone: String
  /// For how long after its end a period takes what happened before it.
  public var graceSeconds: Int64
  /// How equal scores are numbered.
  public var rankStyle: RankStyle
  /// Which scores are better.
  public var direction: BoardDirection
  /// Who has less is not listed.
  public var minScore: Int64?
  /// Who has fewer transactions on it is not listed.
  public var minCount: Int64?
  /// Whether disabled users are left out.
  public var isForEnabledOnly: Bool

  /// Over all time, by what is earned, unless said otherwise.
  public init(
    _ name: String, pointType: String? = nil, displayName: String? = nil, description: String? = nil,
    metric: BoardMetric = .earned, categories: CategoryFilter = .all, hasEachCategory: Bool = false,
    countsRewards: Bool = false, period: PeriodRule = .allTime, firstDay: Weekday? = nil,
    seasons: [Season] = [], timeZone: String = "UTC", graceSeconds: Int64 = 0,
    rankStyle: RankStyle = .competition, direction: BoardDirection = .descending, minScore: Int64? = nil,
    minCount: Int64? = nil, isForEnabledOnly: Bool = true
  ) {
    self.name = name
    self.pointType = pointType
    self.displayName = displayName
    self.description = description
    self.metric = metric
    self.categories = categories
    self.hasEachCategory = hasEachCategory
    self.countsRewards = countsRewards
    self.period = period
    self.firstDay = firstDay
    self.seasons = seasons
    self.timeZone = timeZone
    self.graceSeconds = graceSeconds
    self.rankStyle = rankStyle
    self.direction = direction
    self.minScore = minScore
    self.minCount = minCount
    self.isForEnabledOnly = isForEnabledOnly
  }
}

extension BoardDraft {
  func write(to json: inout JSONWriter) {
    json.field("name", name)
    json.field("pointType", ifAny: pointType)
    json.field("displayName", ifAny: displayName)
    json.field("description", ifAny: description)
    json.field("metric", metric.rawValue)
    switch categories {
    case .all: break
    case .only(let names): Self.write("categories", names, to: &json)
    case .except(let names): Self.write("exceptCategories", names, to: &json)
    }
    json.field("eachCategory", hasEachCategory)
    json.field("countRewards", countsRewards)
    json.field("period", period.rawValue)
    json.field("firstDay", ifAny: firstDay?.rawValue)
    if !seasons.isEmpty {
      json.arrayField("seasons") { json in
        for season in seasons { json.object { season.write(to: &$0) } }
      }
    }
    json.field("timeZone", timeZone)
    json.field("graceSeconds", graceSeconds)
    json.field("rankStyle", rankStyle.rawValue)
    json.field("direction", direction.rawValue)
    json.field("minScore", ifAny: minScore)
    json.field("minCount", ifAny: minCount)
    json.field("enabledOnly", isForEnabledOnly)
  }

  private static func write(_ name: StaticString, _ texts: [String], to json: inout JSONWriter) {
    json.arrayField(name) { json in
      for text in texts { json.string(text) }
    }
  }
}

extension Season {
  func write(to json: inout JSONWriter) {
    json.field("label", label)
    json.field("startsAt", startsAt.description)
    json.field("endsAt", endsAt.description)
  }
}
