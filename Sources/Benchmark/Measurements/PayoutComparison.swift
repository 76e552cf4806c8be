// Payouts, on stores of their own: everybody's points, and the winners besides, who have more than all
// others.
private import EmbeddedServers

enum PayoutComparison {
  private static let winners = 100_000

  static func run(
    _ options: BenchmarkOptions, heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    let stores = try Stores()
    defer { stores.stop() }
    let others = options.members
    let ledger = try FilledLedger.fill(others, on: stores, heeding: interruption)
    try ledger.fill(
      others..<others + winners, least: FilledLedger.spread + 1, as: "winners", heeding: interruption)
    try LedgerClocks(service: ledger.service, stores: stores).waitUntilIdle(heeding: interruption)
    try FilledLedger.settleTables(of: stores, heeding: interruption)
    let admin = try LedgerAdmin(of: ledger, on: stores, heeding: interruption)
    let payouts = MeasuredPayouts(admin: admin, members: others + winners)
    return try PaidWinners(payouts).run(ledger, on: stores, heeding: interruption)
      + AwardsBesidePayouts(payouts, others: others).run(
        options, ledger, on: stores, heeding: interruption)
  }
}
