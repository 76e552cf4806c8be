// A payout of many winners, from the request that plans it until all of it is paid, beside the least that
// could be done: one statement that updates the same accounts and inserts the same transactions.

struct PaidWinners {
  /// A board of its own for each, so that each has rules of its own.
  private static let subjects: [(winners: Int, board: String, barMost: Double)] = [
    (10_000, "balance", 3), (100_000, "earned", 4),
  ]
  private static let rounds = 3

  private struct Times {
    var bare: [Double] = []
    /// Until it was planned, and until it was paid.
    var planned: [Double] = []
    var paid: [Double] = []
    /// What it cost all who have a part in it.
    var spent: [LedgerClocks.Reading] = []
  }

  private let payouts: MeasuredPayouts
  private var times = subjects.map { _ in Times() }

  init(_ payouts: MeasuredPayouts) {
    self.payouts = payouts
  }

  consuming func run(
    _ ledger: borrowing FilledLedger, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    _ = try stores.ledger.run(
      PackageResources.create_bare_ledger_sql, within: .seconds(600), heeding: interruption)
    let clocks = try LedgerClocks(service: ledger.service, stores: stores)
    for subject in Self.subjects { try payouts.reward(subject.winners, on: subject.board) }
    for round in 0..<Self.rounds {
      for (place, subject) in Self.subjects.enumerated() {
        try clocks.waitUntilIdle(heeding: interruption)
        let said = try stores.ledger.run(
          Self.bareStatement(subject.winners), within: .seconds(600), heeding: interruption)
        times[place].bare.append(try BareInsertReport(said).seconds)
        let snapshot = try payouts.takeSnapshot(
          of: subject.board, as: "\(subject.winners)-\(round)", heeding: interruption)
        try clocks.waitUntilIdle(heeding: interruption)
        // As before the other: nothing of what was written earlier is to be paid for here.
        _ = try stores.ledger.run(
          PackageResources.write_checkpoint_sql, within: .seconds(300), heeding: interruption)
        let (before, start) = (try clocks.read(), ContinuousClock.now)
        let payout = try payouts.plan(snapshot, winners: subject.winners)
        times[place].planned.append((ContinuousClock.now - start) / .seconds(1))
        try payouts.waitUntilPaid(payout, winners: subject.winners, heeding: interruption)
        times[place].paid.append((ContinuousClock.now - start) / .seconds(1))
        times[place].spent.append(try clocks.read() - before)
      }
    }
    return zip(Self.subjects, times).map { subject, times in
      finding(subject.winners, times, barMost: subject.barMost)
    }
  }

  private static func bareStatement(_ winners: Int) -> [UInt8] {
    Array("\\set winners \(winners)\n".utf8) + PackageResources.pay_barely_sql
  }

  private func finding(_ winners: Int, _ times: Times, barMost: Double) -> Finding {
    func seconds(_ values: [Double]) -> String {
      "\(Decimals.text(Samples(values).median, places: 2)) s"
    }
    func cost(_ part: KeyPath<LedgerClocks.Reading, Duration>) -> String {
      let each = times.spent.map { $0[keyPath: part] / .microseconds(1) / Double(winners) }
      return Decimals.text(Samples(each).median, places: 0)
    }
    let parts = "service \(cost(\.service)), Postgres \(cost(\.postgres)), Redis \(cost(\.redis))"
    return Finding(
      subject: "payout to \(winners) winners",
      measured: "\(seconds(times.paid)), of which planned \(seconds(times.planned)); "
        + "\(cost(\.sum)) us of CPU each (\(parts))",
      yardstick: "bare UPDATE and INSERT: \(seconds(times.bare))",
      judged: .ratios(of: times.paid, to: times.bare), form: .ratio, bar: .atMost(barMost))
  }
}
