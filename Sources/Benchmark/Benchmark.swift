// The whole bench: starts what it measures and what it measures against, takes all figures in one run,
// and clears everything away. It runs on one thread, the main one, which also keeps its children alive.
//
// A yardstick for something new (redis-benchmark, pgbench) is a measurement of its own beside the ones
// below: its file in Measurements, its tool in `InstalledTool`, its line in `findings`.

package struct BenchmarkReport: Sendable {
  /// The machine, the versions and the table, ready to be printed.
  package let text: String
  package let isEveryBarMet: Bool

  init(facts: MachineFacts, findings: [Finding]) {
    var table = Table(columns: Finding.columns)
    for finding in findings { table.add(finding.cells) }
    let missed = findings.count { !$0.isMet }
    let verdict = missed == 0 ? "Every bar is met." : "Bars not met: \(missed)."
    text = (facts.lines + ["", table.text, "", verdict]).joined(separator: "\n")
    isEveryBarMet = missed == 0
  }
}

package enum Benchmark {
  /// Takes a minute or two. Returns when nothing it started is left.
  package static func run(_ options: BenchmarkOptions) throws(BenchmarkError) -> BenchmarkReport {
    // Said before a minute is spent on the rest.
    for tool in tools(options) { _ = try tool.find() }
    let interruption = Interruption()
    let stores = try Stores()
    defer { stores.stop() }
    let facts = try MachineFacts.gather(options, stores: stores, heeding: interruption)
    let findings = try findings(options, on: stores, heeding: interruption)
    return BenchmarkReport(facts: facts, findings: findings)
  }

  private static func findings(
    _ options: BenchmarkOptions, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    try RequestCostComparison(options).run(on: stores, heeding: interruption)
      + (options.wants(.http2) ? HTTP2Cost().run(options, on: stores, heeding: interruption) : [])
      + IdleConnectionCost.run(options, on: stores, heeding: interruption)
      + StartDelay.run(options, on: stores, heeding: interruption)
      + LedgerComparison.run(options, on: stores, heeding: interruption)
      + (options.wants(.boards)
        ? BoardedAwards(members: options.boardMembers).run(options, heeding: interruption) : [])
      + (options.wants(.fill)
        ? BoardFilling(entries: options.fillEntries).run(heeding: interruption) : [])
      + (options.wants(.payouts) ? PayoutComparison.run(options, heeding: interruption) : [])
  }

  static func tools(_ options: BenchmarkOptions) -> [InstalledTool] {
    func needs(_ tool: InstalledTool, for measurements: Measurement...) -> [InstalledTool] {
      measurements.contains(where: options.wants) ? [tool] : []
    }
    return [.setpriv, .psql, .redisClient]
      + needs(
        .wrk, for: .health, .redis, .postgres, .http2, .awards, .balance, .rank, .pages, .snapshots, .boards)
      + needs(.h2load, for: .http2, .pages) + needs(.nginx, for: .health) + needs(.pgbench, for: .awards)
      + needs(.redisBenchmark, for: .balance, .rank, .pages)
  }
}
