// How the rate of awards moves with the number of accounts that share them, from all to one, and with the
// number of callers. Each point is a short run: the shape counts.

struct AwardCurves {
  private static let rounds = 3
  private static let accounts = [1, 10, 100, 1_000, 10_000, 100_000]
  private static let callers = [1, 4, 16, 64, 256, 1_024]

  private struct Point {
    let name: String
    var rate: AwardRate
  }

  private var points: [Point]

  init(members: Int) {
    let spread = (Self.accounts.filter { $0 < members } + [members]).map { count in
      Point(
        name: "awards to \(count) account\(count == 1 ? "" : "s"), 64 callers",
        rate: AwardRate(.sender(Sender(subject: Sender.awards(to: count)))))
    }
    let sweep = Self.callers.map { count in
      Point(
        name: "awards, \(count) caller\(count == 1 ? "" : "s")",
        rate: AwardRate(.sender(Sender(subject: Sender.awards(to: members), connections: count))))
    }
    points = spread + sweep
  }

  consuming func run(
    _ options: BenchmarkOptions, _ ledger: borrowing FilledLedger, on stores: Stores,
    heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    try points[0].rate.warmUp(ledger, heeding: interruption)
    for _ in 0..<min(options.rounds, Self.rounds) {
      for place in points.indices {
        try points[place].rate.measure(ledger, on: stores, seconds: options.seconds, heeding: interruption)
      }
    }
    return points.map { point in
      Finding(
        subject: point.name, measured: point.rate.summary, yardstick: "",
        judged: Samples(point.rate.medians), form: .milliseconds, bar: .none)
    }
  }
}
