// Boards as admins write them.
package import Boards
import Calendar
import HTTPServer
import Ledger
package import LedgerStore

/// A board that is to be.
package struct BoardDraft: Sendable {
  package let name: String
  package let pointType: String?
  package let traits: BoardTraits
  /// Whether there is to be one for each category beside it.
  package let eachCategory: Bool
  package let seasons: [Season]

  init(reading exchange: HTTPExchange) throws(Problem) {
    var body = try RequestBody(exchange)
    try self.init(reading: &body)
  }

  init(reading body: inout RequestBody) throws(Problem) {
    name = try body.string("name", bytes: PointTypeLookup.nameBytesMax)
    guard BoardDefinition.isName(name), name != BoardChoice.byCategory else {
      throw .field(
        "name",
        "must be 1 to 64 small letters, digits, hyphens and underscores, begin with a letter or digit, not "
          + "look like a UUID, and be none of balance, earned and by-category, which there are already")
    }
    pointType = try body.optionalString("pointType", bytes: PointTypeLookup.nameBytesMax)
    eachCategory = try body.optionalBool("eachCategory") ?? false
    traits = try Self.traits(&body, name: name)
    seasons = try Self.seasons(&body, traits.rule)
    try body.finish()
    guard !eachCategory || traits.filter.categories == .all else {
      throw body.impossible("eachCategory", "does not go with \"categories\" or \"exceptCategories\"")
    }
  }

  private static func traits(_ body: inout RequestBody, name: String) throws(Problem) -> BoardTraits {
    let displayName =
      body.has("displayName")
      ? try body.string("displayName", bytes: BoardTraits.displayNameBytesMax, singleLine: true) : name
    let description = try body.optionalString("description", bytes: BoardTraits.descriptionBytesMax)
    let metric = try body.word("metric", of: BoardMetric.self, otherwise: .earned)
    let filter = EntryFilter(
      categories: try categories(&body), countsRewards: try body.optionalBool("countRewards") ?? false)
    let (rule, zone) = (try rule(&body), try body.optionalString("timeZone", bytes: 64, singleLine: true))
    let grace = try body.optionalInteger("graceSeconds", in: 0...BoardTraits.graceSecondsMax) ?? 0
    let order = BoardOrder(
      style: try body.word("rankStyle", of: RankStyle.self, otherwise: .competition),
      isAscending: try body.word("direction", of: BoardDirection.self, otherwise: .descending) == .ascending)
    let eligibility = Eligibility(
      minScore: try body.optionalInteger("minScore", in: BoardSlots.lowestScore...Int64.max),
      minCount: try body.optionalInteger("minCount", in: 1...Int64.max),
      enabledOnly: try body.optionalBool("enabledOnly") ?? true)
    return BoardTraits(
      displayName: displayName, description: description, metric: metric, filter: filter, rule: rule,
      timeZone: zone ?? "UTC", graceSeconds: grace, order: order, eligibility: eligibility)
  }

  private static func categories(_ body: inout RequestBody) throws(Problem) -> EntryFilter.Categories {
    let only = try body.optionalTexts("categories", count: 1...BoardTraits.categoriesMax, bytes: 64)
    let except = try body.optionalTexts("exceptCategories", count: 1...BoardTraits.categoriesMax, bytes: 64)
    switch (only, except) {
    case (let only?, nil): return .only(only)
    case (nil, let except?): return .except(except)
    case (nil, nil): return .all
    case (_?, _?): throw body.impossible("exceptCategories", "does not go with \"categories\"")
    }
  }

  private static func rule(_ body: inout RequestBody) throws(Problem) -> PeriodRule {
    let word = try body.word("period", of: PeriodWord.self, otherwise: .allTime)
    let day = try body.optionalWord("firstDay", of: DayWord.self)
    guard day == nil || word == .weekly else {
      throw body.impossible("firstDay", "goes with weekly periods only")
    }
    switch word {
    case .allTime: return .allTime
    case .daily: return .daily
    case .weekly: return .weekly(firstDay: day?.weekday ?? .monday)
    case .monthly: return .monthly
    case .seasons: return .seasons
    }
  }

  private static func seasons(_ body: inout RequestBody, _ rule: PeriodRule) throws(Problem) -> [Season] {
    guard var items = try body.optionalObjects("seasons", count: 1...256) else { return [] }
    guard rule == .seasons else { throw body.impossible("seasons", "goes with the period seasons only") }
    var seasons: [Season] = []
    for index in items.indices {
      seasons.append(try Season(reading: &items[index]))
      try items[index].finish()
    }
    return seasons
  }
}

enum BoardDirection: String, CaseIterable {
  case descending, ascending
}

enum PeriodWord: String, CaseIterable {
  case allTime, daily, weekly, monthly, seasons

  init(_ rule: PeriodRule) {
    self =
      switch rule {
      case .allTime: .allTime
      case .daily: .daily
      case .weekly: .weekly
      case .monthly: .monthly
      case .seasons: .seasons
      }
  }
}

enum DayWord: String, CaseIterable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday

  /// In the same order.
  var weekday: Weekday { Weekday(rawValue: (Self.allCases.firstIndex(of: self) ?? 0) + 1) ?? .monday }

  init(_ weekday: Weekday) { self = Self.allCases[weekday.rawValue - 1] }
}

extension Season {
  /// A label, and from when until when it goes.
  init(reading body: inout RequestBody) throws(Problem) {
    let label = try body.string("label", bytes: 64, singleLine: true)
    guard Season.isLabel(label) else {
      throw body.problem(
        "label",
        "must be 1 to 64 letters, digits, dots, hyphens and underscores, begin with a letter or digit, and "
          + "be neither current nor previous, which mean something else on each day")
    }
    let (start, end) = (try body.optionalInstant("startsAt"), try body.optionalInstant("endsAt"))
    guard let start else { throw body.problem("startsAt", "is required: an instant") }
    guard let end else { throw body.problem("endsAt", "is required: an instant") }
    guard start < end else { throw body.impossible("endsAt", "must be after \"startsAt\"") }
    self.init(label: label, start: start, end: end)
  }
}

extension RequestBody {
  /// Each by itself would do, but not together.
  fileprivate func impossible(_ name: String, _ words: String) -> Problem {
    problem(name, words, code: .impossibleBoard)
  }

  fileprivate mutating func word<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, of type: Word.Type, otherwise: Word
  ) throws(Problem) -> Word {
    try optionalWord(name, of: type) ?? otherwise
  }

  fileprivate mutating func optionalWord<Word: RawRepresentable<String> & CaseIterable>(
    _ name: String, of type: Word.Type
  ) throws(Problem) -> Word? {
    guard let text = try optionalString(name, bytes: 64, singleLine: true) else { return nil }
    guard let word = Word(rawValue: text) else {
      throw .field(name, "must be one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }
}

extension Problem {
  /// Each by itself would do, but not together.
  static func impossibleBoard(_ field: String, _ words: String) -> Problem {
    .field(field, words, code: .impossibleBoard)
  }
}
