// Awards against pgbench, in turn within each round, on the same Postgres.

struct AwardComparison: ~Copyable {
  private static let barLeast = 2.0

  private var everywhere: AwardRate
  private var hot = AwardRate(members: 1)
  private var transactionsPerSecond: [Double] = []

  init(members: Int) {
    everywhere = AwardRate(members: members)
  }

  consuming func run(
    _ options: BenchmarkOptions, _ ledger: borrowing FilledLedger, on stores: Stores,
    heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    let pgbench = try Pgbench(on: stores, heeding: interruption)
    try everywhere.warmUp(ledger, heeding: interruption)
    _ = try pgbench.transactionsPerSecond(seconds: 2, heeding: interruption)
    for _ in 0..<options.rounds {
      let seconds = options.seconds
      try everywhere.measure(ledger, on: stores, seconds: seconds, heeding: interruption)
      transactionsPerSecond.append(
        try pgbench.transactionsPerSecond(seconds: seconds, heeding: interruption))
      try hot.measure(ledger, on: stores, seconds: seconds, heeding: interruption)
    }
    return findings(members: ledger.members)
  }

  private func findings(members: Int) -> [Finding] {
    let rate = Decimals.text(Samples(transactionsPerSecond).median, places: 0)
    return [
      Finding(
        subject: "durable awards to \(members) members", measured: everywhere.summary,
        yardstick: "\(Pgbench.summary): \(rate)/s",
        judged: .ratios(of: everywhere.perSecond, to: transactionsPerSecond), form: .ratio,
        bar: .atLeast(Self.barLeast)),
      Finding(
        subject: "award, median", measured: everywhere.projected, yardstick: "",
        judged: Samples(everywhere.medians), form: .milliseconds, bar: .none),
      Finding(
        subject: "award, 99 of 100", measured: "\(Wrk.connections) callers at once", yardstick: "",
        judged: Samples(everywhere.ninetyNinths), form: .milliseconds, bar: .none),
      Finding(
        subject: "durable awards to one account", measured: hot.summary,
        yardstick: "to all: \(everywhere.rate)",
        judged: .ratios(of: hot.perSecond, to: everywhere.perSecond), form: .ratio, bar: .none),
    ]
  }
}
