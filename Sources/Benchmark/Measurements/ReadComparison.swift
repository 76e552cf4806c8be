// Balance checks against redis-benchmark, in turn within each round, on the same Redis; and beside them what
// a board costs.

struct ReadComparison: ~Copyable {
  private static let barLeast = 0.5

  private let options: BenchmarkOptions
  private var balance: ReadRate
  private var page: ReadRate
  private var rank: ReadRate
  private var getsPerSecond: [Double] = []

  init(_ options: BenchmarkOptions) {
    self.options = options
    let members = options.members
    balance = ReadRate("balance check", path: "/points/balance?userId=", members: members)
    page = ReadRate("page of 25 of a board", path: "/points/leaderboard", members: 0)
    rank = ReadRate("rank of a member", path: "/points/leaderboard/rank?userId=", members: members)
  }

  consuming func run(
    _ ledger: borrowing FilledLedger, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    guard options.wants(.balance) || options.wants(.boards) else { return [] }
    try balance.warmUp(ledger, heeding: interruption)
    if options.wants(.balance) {
      try measureBalance(ledger, on: stores, heeding: interruption)
    }
    if options.wants(.boards) { try measureBoards(ledger, on: stores, heeding: interruption) }
    return findings
  }

  private mutating func measureBalance(
    _ ledger: borrowing FilledLedger, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let yardstick = try RedisBenchmark(on: stores, keys: ledger.members, heeding: interruption)
    let speed = try yardstick.getsPerSecond(requests: 100_000, heeding: interruption)
    let requests = max(10_000, Int(speed * Double(options.seconds)))
    for _ in 0..<options.rounds {
      try balance.measure(ledger, on: stores, seconds: options.seconds, heeding: interruption)
      getsPerSecond.append(try yardstick.getsPerSecond(requests: requests, heeding: interruption))
    }
  }

  private mutating func measureBoards(
    _ ledger: borrowing FilledLedger, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    try page.warmUp(ledger, heeding: interruption)
    try rank.warmUp(ledger, heeding: interruption)
    for _ in 0..<options.rounds {
      try page.measure(ledger, on: stores, seconds: options.seconds, heeding: interruption)
      try rank.measure(ledger, on: stores, seconds: options.seconds, heeding: interruption)
    }
  }

  private var findings: [Finding] {
    var findings: [Finding] = []
    if options.wants(.balance) {
      let rate = Decimals.text(Samples(getsPerSecond).median / 1_000, places: 1)
      findings.append(
        Finding(
          subject: balance.subject, measured: balance.summary,
          yardstick: "\(RedisBenchmark.summary): \(rate) k/s",
          judged: .ratios(of: balance.perSecond, to: getsPerSecond), form: .ratio,
          bar: .atLeast(Self.barLeast)))
    }
    if options.wants(.boards) { findings += [page.finding, rank.finding] }
    return findings
  }
}

extension ReadRate {
  /// For what has no bar: how long one takes when the callers share the service among them.
  fileprivate var finding: Finding {
    Finding(
      subject: subject, measured: summary, yardstick: "", judged: Samples(medians), form: .milliseconds,
      bar: .none)
  }
}
