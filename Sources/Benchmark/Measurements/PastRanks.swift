// What it costs to read ranks that are stored: one of a season that is over beside a live one, and a page of
// a user's history beside that. Counted is the processor time of service, Postgres and Redis together.

struct PastRanks {
  private static let barMostOfPast = 2.0
  private static let barMostOfHistory = 10.0
  private static let type = "history"
  /// Members of each snapshot in the history.
  private static let membersEach = 1_000
  private static let page = 25

  private let snapshots: Int
  private var live: ReadRate
  private var past: ReadRate
  private var history: ReadRate

  init(_ options: BenchmarkOptions) {
    snapshots = options.snapshots
    let rank = "/points/leaderboard/rank?board="
    live = ReadRate(
      "live rank", .wrk(path: "\(rank)\(Seasons.live)&userId=", members: options.members))
    past = ReadRate(
      "past rank",
      .wrk(path: "\(rank)\(Seasons.past)&period=\(Seasons.label)&userId=", members: options.members))
    let query = "pointType=\(Self.type)&limit=\(Self.page)&userId="
    history = ReadRate(
      "history", .wrk(path: "/points/leaderboard/history?\(query)", members: Self.membersEach))
  }

  consuming func run(
    _ options: BenchmarkOptions, _ ledger: borrowing FilledLedger, _ seasons: Seasons, on stores: Stores,
    heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    try seasons.closePast(heeding: interruption)
    try makeHistory(ledger, seasons.admin, heeding: interruption)
    let clocks = try LedgerClocks(service: ledger.service, stores: stores)
    try clocks.waitUntilIdle(heeding: interruption)
    try FilledLedger.settleTables(of: stores, heeding: interruption)
    for rate in [live, past, history] { try rate.warmUp(ledger, heeding: interruption) }
    for _ in 0..<options.rounds {
      try clocks.waitUntilIdle(heeding: interruption)
      try live.measure(ledger, on: stores, seconds: options.seconds, heeding: interruption)
      try past.measure(ledger, on: stores, seconds: options.seconds, heeding: interruption)
      try history.measure(ledger, on: stores, seconds: options.seconds, heeding: interruption)
    }
    return [
      finding("rank in a past season of \(options.members)", past, Self.barMostOfPast, against: live),
      finding(
        "\(Self.page) ranks of a user's history over \(snapshots) snapshots", history,
        Self.barMostOfHistory, against: past),
    ]
  }

  private func makeHistory(
    _ ledger: borrowing FilledLedger, _ admin: LedgerAdmin, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    try admin.defineType(Self.type)
    try ledger.fill(Self.membersEach, type: Self.type, heeding: interruption)
    for number in 0..<snapshots {
      try interruption.check()
      try admin.make(
        "/points/snapshots", #"{"pointType":"\#(Self.type)","board":"balance"}"#, as: "history-\(number)")
    }
  }

  private func finding(
    _ name: String, _ rate: ReadRate, _ barMost: Double, against yardstick: ReadRate
  ) -> Finding {
    Finding(
      subject: name, measured: rate.costSummary, yardstick: "\(yardstick.subject): \(yardstick.costSummary)",
      judged: .ratios(of: rate.costs, to: yardstick.costs), form: .ratio, bar: .atMost(barMost))
  }
}
