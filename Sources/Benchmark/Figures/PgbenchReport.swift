// What pgbench says about a run, read as strictly as the report of wrk.

struct PgbenchReport: Sendable, Equatable {
  let transactionsPerSecond: Double

  init(_ text: String) throws(BenchmarkError) {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    // As in: tps = 3700.385671 (without initial connection time)
    let rates = lines.filter { $0.count >= 3 && $0[0] == "tps" && $0[1] == "=" }
    let failed = lines.first { $0.starts(with: ["number", "of", "failed", "transactions:"]) }
    guard rates.count == 1, let rate = Double(rates[0][2]), rate > 0, failed == nil || failed?[4] == "0"
    else { throw .unreadable(what: "the report of pgbench", text: text) }
    transactionsPerSecond = rate
  }
}
