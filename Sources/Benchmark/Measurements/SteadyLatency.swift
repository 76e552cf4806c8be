// How long requests take when they come at a steady rate, at half and at 80 % of what the service can do:
// each time counts from the instant at which the request was due, so a stall is charged to all that waited.

struct SteadyLatency {
  private static let shares = [50, 80]
  private static let connections = 256
  private static let rounds = 5

  private let name: String
  private let subject: [String]
  private var greatest: [Double] = []
  private var reports: [Int: [SenderReport]] = [:]

  init(_ name: String, subject: [String]) {
    (self.name, self.subject) = (name, subject)
  }

  consuming func run(
    _ options: BenchmarkOptions, _ ledger: borrowing FilledLedger, on stores: Stores,
    heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    let clocks = try LedgerClocks(service: ledger.service, stores: stores)
    for _ in 0..<min(options.rounds, Self.rounds) {
      try clocks.waitUntilIdle(heeding: interruption)
      var sender = Sender(subject: subject, connections: Self.connections)
      // The maximum of the same round: the machine is not the same a minute later.
      let most = try sender.load(ledger, seconds: options.seconds, warmUp: 1, heeding: interruption)
        .unitsPerSecond
      greatest.append(most)
      for share in Self.shares {
        try clocks.waitUntilIdle(heeding: interruption)
        sender.rate = max(1, Int(most * Double(share) / 100))
        reports[share, default: []].append(
          try sender.load(ledger, seconds: options.seconds, warmUp: 1, heeding: interruption))
      }
    }
    return Self.shares.flatMap(findings)
  }

  private func findings(_ share: Int) -> [Finding] {
    let most = Decimals.text(Samples(greatest).median, places: 0)
    let figures: [(String, KeyPath<SenderReport, Duration>)] = [
      ("median", \.median), ("99 of 100", \.ninetyNinth), ("999 of 1,000", \.thousandth),
    ]
    return figures.map { figure, path in
      Finding(
        subject: "\(name) at \(share) % of the most, \(figure)", measured: "of \(most)/s", yardstick: "",
        judged: Samples((reports[share] ?? []).map { $0[keyPath: path] / .milliseconds(1) }),
        form: .milliseconds, bar: .none)
    }
  }
}
