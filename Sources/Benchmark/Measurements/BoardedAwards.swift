// Awards that count on boards by period, against the same awards on a type without boards, in turn within
// each round. Every member is on every board before the first award, so each award moves somebody who is
// there.
private import EmbeddedServers

struct BoardedAwards {
  /// With more members a period there are no bars.
  private static let barredMembersMax = 50_000
  static let categories = (1...8).map { "category-\($0)" }
  /// All time is none of them.
  static let periods = [
    ("daily", #""period":"daily""#), ("weekly", #""period":"weekly""#), ("monthly", #""period":"monthly""#),
    (
      "season",
      #""period":"seasons","seasons":[{"label":"s1","startsAt":"2020-01-01T00:00:00Z","#
        + #""endsAt":"2120-01-01T00:00:00Z"}]"#
    ),
  ]

  private struct Subject {
    let name: String
    let type: String
    /// What is said of each board besides its name and type.
    let boards: [(name: String, definition: String)]
    /// Of which each member gets something at first, so that he is on each board.
    let filledCategories: [String?]
    /// At least so many times the first subject; nil for that one.
    let barLeast: Double?
    var rate: AwardRate
  }

  private let members: Int
  private var subjects: [Subject]

  init(members: Int) {
    self.members = members
    func subject(
      _ name: String, _ type: String, _ boards: [(name: String, definition: String)],
      filling categories: [String?] = [nil], barLeast: Double? = nil
    ) -> Subject {
      let awarded = AwardedType(name: type, categories: Self.categories.count)
      return Subject(
        name: name, type: type, boards: boards, filledCategories: categories, barLeast: barLeast,
        rate: AwardRate(.wrk(callers: 64, members: members, type: awarded)))
    }
    let four = Self.periods.map { (name: "all-\($0.0)", definition: $0.1) }
    let each = Self.categories.flatMap { category in
      Self.periods.map {
        (name: "\(category)-\($0.0)", definition: #""categories":["\#(category)"],\#($0.1)"#)
      }
    }
    subjects = [
      subject("no boards", "plain", []),
      subject("4 period boards", "four", four, barLeast: 0.6),
      subject(
        "\(Self.categories.count) categories x 4 periods", "each", each, filling: Self.categories,
        barLeast: 0.4),
    ]
  }

  /// On stores of its own: categories are a setting of the service, and give the default type boards.
  consuming func run(
    _ options: BenchmarkOptions, heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    let stores = try Stores()
    defer { stores.stop() }
    let settings = ["POINTS_CATEGORIES": Self.categories.joined(separator: ",")]
    let ledger = try FilledLedger.open(on: stores, settings: settings, heeding: interruption)
    try fill(ledger, on: stores, heeding: interruption)
    for subject in subjects { try subject.rate.warmUp(ledger, heeding: interruption) }
    for _ in 0..<options.rounds {
      for place in subjects.indices {
        try subjects[place].rate.measure(
          ledger, on: stores, seconds: options.seconds, heeding: interruption)
      }
    }
    return subjects.map(finding)
  }

  private func fill(
    _ ledger: borrowing FilledLedger, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let admin = try LedgerAdmin(of: ledger, on: stores, heeding: interruption)
    let clocks = try LedgerClocks(service: ledger.service, stores: stores)
    for subject in subjects {
      try admin.defineType(subject.type)
      for board in subject.boards { try admin.defineBoard(board.name, of: subject.type, board.definition) }
      for board in subject.boards {
        try admin.waitForBoard(board.name, within: .seconds(60), heeding: interruption)
      }
      try ledger.fill(
        members, type: subject.type, categories: subject.filledCategories, heeding: interruption)
      try clocks.waitUntilIdle(heeding: interruption)
      for board in subject.boards { try admin.expectMembers(members, of: board.name) }
    }
    try FilledLedger.settleTables(of: stores, heeding: interruption)
  }

  private func finding(_ subject: Subject) -> Finding {
    let first = subjects[0].rate
    let name = "awards, \(members) members, \(subject.name)"
    guard let barLeast = subject.barLeast else {
      return Finding(
        subject: name, measured: subject.rate.summary, yardstick: "", judged: Samples(first.medians),
        form: .milliseconds, bar: .none)
    }
    return Finding(
      subject: name, measured: subject.rate.summary, yardstick: "no boards: \(first.rate)",
      judged: .ratios(of: subject.rate.perSecond, to: first.perSecond), form: .ratio,
      bar: members <= Self.barredMembersMax ? .atLeast(barLeast) : .none)
  }
}
