// How many reads of one kind the service answers in a second, and what one costs the service and Redis.

struct ReadRate {
  /// Who asks.
  enum Tool: Sendable {
    /// Over HTTP/1.1: the path, and with members a random one of them at its end.
    case wrk(path: String, members: Int)
    /// Over HTTP/2, one path for all.
    case h2load(path: String)
    case sender(Sender)
  }

  let subject: String
  private let tool: Tool
  private(set) var perSecond: [Double] = []
  private var service: [Double] = []
  private var redis: [Double] = []
  private var postgres: [Double] = []

  init(_ subject: String, _ tool: Tool) {
    (self.subject, self.tool) = (subject, tool)
  }

  func warmUp(_ ledger: borrowing FilledLedger, heeding interruption: Interruption) throws(BenchmarkError) {
    _ = try load(ledger, seconds: 1, heeding: interruption)
  }

  mutating func measure(
    _ ledger: borrowing FilledLedger, on stores: Stores, seconds: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let clocks = try LedgerClocks(service: ledger.service, stores: stores)
    let before = try clocks.read()
    let (requests, perSecond) = try load(ledger, seconds: seconds, heeding: interruption)
    let spent = try clocks.read() - before
    self.perSecond.append(perSecond)
    service.append(spent.service / .microseconds(1) / Double(requests))
    redis.append(spent.redis / .microseconds(1) / Double(requests))
    postgres.append(spent.postgres / .microseconds(1) / Double(requests))
  }

  private func load(
    _ ledger: borrowing FilledLedger, seconds: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) -> (requests: Int, perSecond: Double) {
    switch tool {
    case .wrk(let path, let members):
      let seed = Int.random(in: 1..<2_000_000_000)
      let report = try Wrk.load(
        ledger.service, script: PackageResources.get_of_members_lua,
        arguments: [ledger.key.text, "\(seed)", "\(members)", path], seconds: seconds, heeding: interruption)
      return (report.requests, report.perSecond)
    case .h2load(let path):
      let report = try H2Load.load(
        ledger.service, path: path, key: ledger.key.text, seconds: seconds, heeding: interruption)
      return (report.requests, report.perSecond)
    case .sender(let sender):
      let report = try sender.load(ledger, seconds: seconds, heeding: interruption)
      return (report.answered, report.unitsPerSecond)
    }
  }

  /// What a request costs all three together, in microseconds, by round.
  var costs: [Double] { service.indices.map { service[$0] + redis[$0] + postgres[$0] } }

  /// In words: what that is, and who has which part in it.
  var costSummary: String {
    let parts = [costs, service, postgres, redis].map { Decimals.text(Samples($0).median, places: 1) }
    return "\(parts[0]) us of CPU (service \(parts[1]), Postgres \(parts[2]), Redis \(parts[3]))"
  }

  var summary: String {
    let rate = Decimals.text(Samples(perSecond).median / 1_000, places: 1)
    let costs = [service, redis].map { Decimals.text(Samples($0).median, places: 1) }
    return "\(rate) k/s, CPU: service \(costs[0]) us, Redis \(costs[1]) us"
  }
}
