// How many awards the service makes durable in a second, over HTTP, and what one of them costs everybody who
// has a part in it.

struct AwardRate {
  private let script = PackageResources.post_awards_lua
  /// Everything to one member, or to a random one of all.
  private let members: Int
  private(set) var perSecond: [Double] = []
  private(set) var medians: [Double] = []
  private(set) var ninetyNinths: [Double] = []
  private var spent: [LedgerClocks.Reading] = []
  private var awards: [Int] = []
  private var batches: [Int] = []
  private var projectedShare = 0.0

  init(members: Int) {
    self.members = members
  }

  /// Loads the service as in a round, and looks at every answer. It does not count.
  mutating func warmUp(
    _ ledger: borrowing FilledLedger, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let report = try load(ledger, seconds: 2, ["look"], heeding: interruption)
    guard let looked = report.looked, looked.answers > 0 else {
      throw .unreadable(what: "what was looked at", text: "\(report)")
    }
    projectedShare = Double(looked.projected) / Double(looked.answers)
  }

  mutating func measure(
    _ ledger: borrowing FilledLedger, on stores: Stores, seconds: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let clocks = try LedgerClocks(service: ledger.service, stores: stores)
    try clocks.waitUntilIdle(heeding: interruption)
    let batchesBefore = try stores.ledger.batches(heeding: interruption)
    let before = try clocks.read()
    let report = try load(ledger, seconds: seconds, [], heeding: interruption)
    try clocks.waitUntilIdle(heeding: interruption)
    spent.append(try clocks.read() - before)
    batches.append(try stores.ledger.batches(heeding: interruption) - batchesBefore)
    awards.append(report.requests)
    perSecond.append(report.perSecond)
    guard let latency = report.latency else { throw .unreadable(what: "the latency", text: "\(report)") }
    medians.append(latency.median / .milliseconds(1))
    ninetyNinths.append(latency.ninetyNinth / .milliseconds(1))
  }

  private func load(
    _ ledger: borrowing FilledLedger, seconds: Int, _ further: [String], heeding interruption: Interruption
  ) throws(BenchmarkError) -> WrkReport {
    // A number that no other run has: keys begin with it.
    let run = Int.random(in: 1..<2_000_000_000)
    return try Wrk.load(
      ledger.service, script: script, arguments: [ledger.key.text, "\(run)", "\(members)"] + further,
      seconds: seconds, heeding: interruption)
  }

  var rate: String { "\(Decimals.text(Samples(perSecond).median, places: 0))/s" }

  /// In words: the rate, what an award cost whom, and how many shared a batch.
  var summary: String {
    let all = cost(\.sum)
    let shares = "service \(cost(\.service)), Postgres \(cost(\.postgres)), Redis \(cost(\.redis))"
    let size = Samples(zip(awards, batches).map { Double($0) / Double(max(1, $1)) }).median
    return "\(rate), \(all) us of CPU (\(shares)), \(Decimals.text(size, places: 1)) a batch"
  }

  var projected: String { "\(Decimals.text(projectedShare * 100, places: 1)) % projected at once" }

  private func cost(_ part: (LedgerClocks.Reading) -> Duration) -> String {
    let microseconds = zip(spent, awards).map { part($0) / .microseconds(1) / Double($1) }
    return Decimals.text(Samples(microseconds).median, places: 0)
  }
}
