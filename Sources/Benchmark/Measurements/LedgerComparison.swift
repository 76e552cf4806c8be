// What is measured on a ledger of a million members: it takes a minute to fill, so all of them share it.

enum LedgerComparison {
  static func run(
    _ options: BenchmarkOptions, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    guard options.wantsLedger else { return [] }
    let ledger = try FilledLedger.fill(options.members, on: stores, heeding: interruption)
    var findings = [memory(ledger)]
    findings += try ReadComparison(options).run(options, ledger, on: stores, heeding: interruption)
    if options.wants(.awards) {
      findings += try AwardComparison(members: options.members).run(
        options, ledger, on: stores, heeding: interruption)
    }
    if options.wants(.curves) {
      findings += try AwardCurves(members: options.members).run(
        options, ledger, on: stores, heeding: interruption)
    }
    if options.wants(.latency) {
      for (name, subject) in [
        ("awards", Sender.awards(to: options.members)),
        ("balance checks", ["--send", "balances", "--members", "\(options.members)"]),
      ] {
        findings += try SteadyLatency(name, subject: subject).run(
          options, ledger, on: stores, heeding: interruption)
      }
    }
    if options.wants(.mirrors) {
      findings += try MirrorComparison().run(ledger, on: stores, heeding: interruption)
    }
    // The last, since the boards that it defines would count what others post.
    if options.wants(.snapshots) {
      let seasons = try Seasons.define(on: ledger, stores, heeding: interruption)
      findings += try SnapshotComparison().run(ledger, seasons, on: stores, heeding: interruption)
      findings += try PastRanks(options).run(options, ledger, seasons, on: stores, heeding: interruption)
    }
    return findings
  }

  private static func memory(_ ledger: borrowing FilledLedger) -> Finding {
    let mebibytes = Decimals.text(Double(ledger.redisBytes) / 1_048_576, places: 0)
    return Finding(
      subject: "Redis, for each member", measured: "\(mebibytes) MiB for \(ledger.members)", yardstick: "",
      judged: Samples([Double(ledger.redisBytes) / Double(ledger.members)]), form: .bytes, bar: .none)
  }
}
