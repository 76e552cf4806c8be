// A board as a test may want it: every metric, filter, rule, zone, style and condition.
import Boards
import Calendar
import Ledger
import LedgerStore
import TestSupport

struct BoardPlan: Sendable {
  let name: String
  let traits: BoardTraits
  let seasons: [Season]
  let categories: [String]

  /// To Swift the last two are the same text; to the ledger they are not.
  static let words: [String?] = [nil, nil, "pve", "pvp", "raid", "caf\u{e9}", "cafe\u{301}"]
  static let graces: [Int64] = [0, 0, 60, 3_600, 86_400]

  /// Where clocks change, by an hour and by less, over midnight and by a day, and where days are short of
  /// whole hours: and a day near that.
  static let places: [(zone: String, day: (Int, Int, Int))] = [
    ("Europe/Berlin", (2026, 3, 29)), ("Europe/Berlin", (2026, 10, 25)), ("America/New_York", (2026, 3, 8)),
    ("America/New_York", (2026, 11, 1)), ("Asia/Kathmandu", (2026, 11, 21)),
    ("Australia/Lord_Howe", (2026, 4, 5)), ("Africa/Monrovia", (1972, 1, 7)),
    ("Pacific/Apia", (2011, 12, 30)), ("America/Havana", (2024, 11, 3)), ("Asia/Beirut", (2024, 3, 31)),
    ("America/St_Johns", (2006, 10, 29)), ("UTC", (2024, 2, 29)), ("Asia/Tehran", (2027, 1, 1)),
  ]

  init(_ number: Int, at now: Int64, zone: String, _ random: inout SeededGenerator) {
    name = "board-\(number)"
    let words = ["pve", "raid", "cafe\u{301}"]
    let filters: [EntryFilter.Categories] = [.all, .all, .only(words), .only(["pvp"]), .except(words)]
    let rules: [PeriodRule] = [
      .allTime, .daily, .daily, .weekly(firstDay: Weekday.allCases.randomElement(using: &random) ?? .monday),
      .monthly, .seasons, .seasons,
    ]
    let rule = rules.randomElement(using: &random) ?? .daily
    let style = RankStyle.allCases.randomElement(using: &random) ?? .dense
    traits = BoardTraits(
      displayName: name, metric: BoardMetric.allCases.randomElement(using: &random) ?? .net,
      filter: EntryFilter(
        categories: filters.randomElement(using: &random) ?? .all, countsRewards: .random(using: &random)),
      rule: rule,
      timeZone: Bool.random(using: &random)
        ? zone : Self.places.randomElement(using: &random)?.zone ?? "UTC",
      graceSeconds: Self.graces.randomElement(using: &random) ?? 0,
      order: BoardOrder(style: style, isAscending: .random(using: &random)),
      eligibility: Eligibility(
        minScore: Bool.random(using: &random) ? .random(in: -2...6, using: &random) : nil,
        minCount: Bool.random(using: &random) ? .random(in: 1...3, using: &random) : nil,
        enabledOnly: .random(using: &random)))
    seasons = rule == .seasons ? Self.seasons(at: now, &random) : []
    categories = Int.random(in: 0..<4, using: &random) == 0 ? ["pvp", "caf\u{e9}"] : []
  }

  /// Some behind each other, the first of which may be over; with time between them or none.
  private static func seasons(at now: Int64, _ random: inout SeededGenerator) -> [Season] {
    var start = now + Int64.random(in: -48...2, using: &random) * 3_600_000_000
    return (0..<Int.random(in: 1...5, using: &random)).map { index in
      let length = Int64.random(in: 1...60, using: &random) * 1_800_000_000
      let season = Season(
        label: "s\(index)", start: Instant(microseconds: start), end: Instant(microseconds: start + length))
      start += length + (Bool.random(using: &random) ? 0 : 5_400_000_000)
      return season
    }
  }
}
