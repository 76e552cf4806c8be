// How many reads of one kind the service answers in a second, each about a random member.

struct ReadRate {
  let subject: String
  private let path: String
  /// How many members there are to ask about; zero when the path names none.
  private let members: Int
  private(set) var perSecond: [Double] = []
  /// How long half of the reads took at most, in milliseconds.
  private(set) var medians: [Double] = []
  private var service: [Double] = []
  private var redis: [Double] = []

  init(_ subject: String, path: String, members: Int) {
    (self.subject, self.path, self.members) = (subject, path, members)
  }

  func warmUp(_ ledger: borrowing FilledLedger, heeding interruption: Interruption) throws(BenchmarkError) {
    _ = try load(ledger, seconds: 1, heeding: interruption)
  }

  mutating func measure(
    _ ledger: borrowing FilledLedger, on stores: Stores, seconds: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let clocks = try LedgerClocks(service: ledger.service, stores: stores)
    let before = try clocks.read()
    let report = try load(ledger, seconds: seconds, heeding: interruption)
    let spent = try clocks.read() - before
    perSecond.append(report.perSecond)
    if let latency = report.latency { medians.append(latency.median / .milliseconds(1)) }
    service.append(spent.service / .microseconds(1) / Double(report.requests))
    redis.append(spent.redis / .microseconds(1) / Double(report.requests))
  }

  private func load(
    _ ledger: borrowing FilledLedger, seconds: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) -> WrkReport {
    let seed = Int.random(in: 1..<2_000_000_000)
    return try Wrk.load(
      ledger.service, script: PackageResources.get_of_members_lua,
      arguments: [ledger.key.text, "\(seed)", "\(members)", path], seconds: seconds, heeding: interruption)
  }

  var summary: String {
    let rate = Decimals.text(Samples(perSecond).median / 1_000, places: 1)
    let costs = [service, redis].map { Decimals.text(Samples($0).median, places: 1) }
    return "\(rate) k/s, CPU: service \(costs[0]) us, Redis \(costs[1]) us"
  }
}
