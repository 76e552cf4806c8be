// How long awards take while 100,000 winners are paid: those to others, at half of what the service can do,
// beside the same awards undisturbed; and those to the winners themselves, who must be answered in time.

struct AwardsBesidePayouts {
  private static let board = "earned"
  private static let winners = 100_000
  private static let connections = 256
  private static let share = 50
  private static let rounds = 3
  /// What is quicker counts as this: 30 ms are good enough, however quick it is without a payout.
  private static let quickest = Duration.milliseconds(10)
  private static let barMost = 3.0
  /// What the service gives a posting to be made.
  private static let patience = Duration.seconds(10)

  private let payouts: MeasuredPayouts
  private let others: Int
  private var alone: [SenderReport] = []
  private var beside: [SenderReport] = []
  private var winning: [SenderReport] = []
  private var greatest: [Double] = []

  init(_ payouts: MeasuredPayouts, others: Int) {
    (self.payouts, self.others) = (payouts, others)
  }

  /// Where the board already rewards so many.
  consuming func run(
    _ options: BenchmarkOptions, _ ledger: borrowing FilledLedger, on stores: Stores,
    heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    let clocks = try LedgerClocks(service: ledger.service, stores: stores)
    for round in 0..<Self.rounds {
      let snapshot = try payouts.takeSnapshot(
        of: Self.board, as: "beside-\(round)", heeding: interruption)
      try clocks.waitUntilIdle(heeding: interruption)
      var sender = Sender(subject: Sender.awards(to: others), connections: Self.connections)
      let most = try sender.load(ledger, seconds: options.seconds, warmUp: 1, heeding: interruption)
        .unitsPerSecond
      greatest.append(most)
      sender.rate = max(1, Int(most * Double(Self.share) / 100))
      try clocks.waitUntilIdle(heeding: interruption)
      alone.append(try sender.load(ledger, seconds: options.seconds, warmUp: 1, heeding: interruption))
      try clocks.waitUntilIdle(heeding: interruption)
      let payout = try payouts.plan(snapshot, winners: Self.winners)
      beside.append(try sender.load(ledger, seconds: options.seconds, warmUp: 1, heeding: interruption))
      sender.subject = Sender.awards(to: Self.winners, behind: others)
      winning.append(try sender.load(ledger, seconds: options.seconds, heeding: interruption))
      guard try payouts.isPaying(payout) else {
        throw .unexpectedAnswer(
          from: "points serve", "all were paid before the awards ended: fewer seconds must do")
      }
      try payouts.waitUntilPaid(payout, winners: Self.winners, heeding: interruption)
    }
    return findings
  }

  private var findings: [Finding] {
    let rate = Decimals.text(Samples(greatest).median * Double(Self.share) / 100, places: 0)
    func milliseconds(_ reports: [SenderReport]) -> [Double] {
      reports.map { $0.ninetyNinth / .milliseconds(1) }
    }
    func text(_ reports: [SenderReport]) -> String {
      "\(Decimals.text(Samples(milliseconds(reports)).median, places: 1)) ms"
    }
    let undisturbed = milliseconds(alone).map { max($0, Self.quickest / .milliseconds(1)) }
    return [
      Finding(
        subject: "awards to others while \(Self.winners) are paid, 99 of 100",
        measured: "\(text(beside)) at \(rate)/s", yardstick: "undisturbed: \(text(alone))",
        judged: .ratios(of: milliseconds(beside), to: undisturbed), form: .ratio,
        bar: .atMost(Self.barMost)),
      Finding(
        subject: "awards to winners while they are paid, 99 of 100", measured: "all answered, at \(rate)/s",
        yardstick: "", judged: Samples(milliseconds(winning)), form: .milliseconds,
        bar: .atMost(Self.patience / .milliseconds(1))),
    ]
  }
}
