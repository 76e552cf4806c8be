// How many awards the service makes durable in a second, over HTTP, and what one of them costs everybody who
// has a part in it.

struct AwardRate {
  /// Who sends them.
  enum Tool: Sendable {
    /// Everything to one member, or to a random one of all.
    case wrk(callers: Int, members: Int, type: AwardedType = .usual)
    case sender(Sender)
  }

  private let tool: Tool
  private(set) var perSecond: [Double] = []
  private(set) var medians: [Double] = []
  private(set) var ninetyNinths: [Double] = []
  private var spent: [LedgerClocks.Reading] = []
  private var awards: [Int] = []
  private var batches: [Int] = []

  init(_ tool: Tool) {
    self.tool = tool
  }

  /// Loads the service as in a round. It does not count.
  func warmUp(_ ledger: borrowing FilledLedger, heeding interruption: Interruption) throws(BenchmarkError) {
    _ = try load(ledger, seconds: 1, heeding: interruption)
  }

  mutating func measure(
    _ ledger: borrowing FilledLedger, on stores: Stores, seconds: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let clocks = try LedgerClocks(service: ledger.service, stores: stores)
    try clocks.waitUntilIdle(heeding: interruption)
    let batchesBefore = try stores.ledger.batches(heeding: interruption)
    let before = try clocks.read()
    let figures = try load(ledger, seconds: seconds, heeding: interruption)
    try clocks.waitUntilIdle(heeding: interruption)
    spent.append(try clocks.read() - before)
    batches.append(try stores.ledger.batches(heeding: interruption) - batchesBefore)
    awards.append(figures.units)
    perSecond.append(figures.unitsPerSecond)
    medians.append(figures.median / .milliseconds(1))
    ninetyNinths.append(figures.ninetyNinth / .milliseconds(1))
  }

  private func load(
    _ ledger: borrowing FilledLedger, seconds: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) -> LoadFigures {
    switch tool {
    case .wrk(let callers, let members, let type):
      try LoadFigures(
        PostedAwards.load(
          ledger, callers: callers, members: members, of: type, seconds: seconds, heeding: interruption))
    case .sender(let sender):
      LoadFigures(try sender.load(ledger, seconds: seconds, heeding: interruption))
    }
  }

  var rate: String { "\(Decimals.text(Samples(perSecond).median, places: 0))/s" }

  /// In words: the rate, what an award cost whom, and how many shared a batch.
  var summary: String {
    let all = cost(\.sum)
    let shares = "service \(cost(\.service)), Postgres \(cost(\.postgres)), Redis \(cost(\.redis))"
    let size = Samples(zip(awards, batches).map { Double($0) / Double(max(1, $1)) }).median
    return "\(rate), \(all) us of CPU (\(shares)), \(Decimals.text(size, places: 1)) a batch"
  }

  private func cost(_ part: (LedgerClocks.Reading) -> Duration) -> String {
    let microseconds = zip(spent, awards).map { part($0) / .microseconds(1) / Double($1) }
    return Decimals.text(Samples(microseconds).median, places: 0)
  }
}
