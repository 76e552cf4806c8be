// Awards against pgbench, in turn within each round, on the same Postgres: as callers over HTTP/1.1 and
// HTTP/2 send them, many in one request, and all to one account.

struct AwardComparison {
  private struct Subject {
    let name: String
    var rate: AwardRate
    /// At least so many times the yardstick: TPC-B, or awards of the first subject.
    let barLeast: Double
    var isAgainstFirst = false
  }

  private var subjects: [Subject]
  private var transactionsPerSecond: [Double] = []
  private var projectedShare = 0.0

  init(members: Int) {
    let overHTTP2 = Sender(
      subject: Sender.awards(to: members), isHTTP2: true, connections: H2Load.connections,
      streams: H2Load.streams)
    let inBatches = Sender(
      subject: ["--send", "batches", "--size", "100", "--members", "\(members)"], connections: 8)
    subjects = [
      Subject(
        name: "durable awards to \(members) members, 64 callers",
        rate: AwardRate(.wrk(callers: 64, members: members)), barLeast: 3),
      Subject(
        name: "durable awards, 256 callers", rate: AwardRate(.wrk(callers: 256, members: members)),
        barLeast: 3.5),
      Subject(
        name: "durable awards over HTTP/2, 8 x 32 streams", rate: AwardRate(.sender(overHTTP2)),
        barLeast: 4),
      Subject(
        name: "durable awards in batches of 100, 8 callers", rate: AwardRate(.sender(inBatches)),
        barLeast: 4.5),
      Subject(
        name: "durable awards to one account, 64 callers", rate: AwardRate(.wrk(callers: 64, members: 1)),
        barLeast: 1, isAgainstFirst: true),
    ]
  }

  consuming func run(
    _ options: BenchmarkOptions, _ ledger: borrowing FilledLedger, on stores: Stores,
    heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    let pgbench = try Pgbench(on: stores, heeding: interruption)
    projectedShare = try PostedAwards.projectedShare(ledger, heeding: interruption)
    for subject in subjects { try subject.rate.warmUp(ledger, heeding: interruption) }
    _ = try pgbench.transactionsPerSecond(seconds: 2, heeding: interruption)
    for _ in 0..<options.rounds {
      let seconds = options.seconds
      transactionsPerSecond.append(
        try pgbench.transactionsPerSecond(seconds: seconds, heeding: interruption))
      for place in subjects.indices {
        try subjects[place].rate.measure(ledger, on: stores, seconds: seconds, heeding: interruption)
      }
    }
    return subjects.map(finding) + latencies
  }

  private func finding(_ subject: Subject) -> Finding {
    let rate = Decimals.text(Samples(transactionsPerSecond).median, places: 0)
    let first = subjects[0].rate
    return Finding(
      subject: subject.name, measured: subject.rate.summary,
      yardstick: subject.isAgainstFirst ? "to all: \(first.rate)" : "\(Pgbench.summary): \(rate)/s",
      judged: .ratios(
        of: subject.rate.perSecond, to: subject.isAgainstFirst ? first.perSecond : transactionsPerSecond),
      form: .ratio, bar: .atLeast(subject.barLeast))
  }

  private var latencies: [Finding] {
    let share = "\(Decimals.text(projectedShare * 100, places: 1)) % projected at once"
    let first = subjects[0].rate
    return [
      Finding(
        subject: "award, median", measured: share, yardstick: "", judged: Samples(first.medians),
        form: .milliseconds, bar: .none),
      Finding(
        subject: "award, 99 of 100", measured: "64 callers at once", yardstick: "",
        judged: Samples(first.ninetyNinths), form: .milliseconds, bar: .none),
    ]
  }
}
