// How fast a board that is defined late is filled from the ledger. The transactions lie as they came: each
// account has ten, far from each other.
private import EmbeddedServers

struct BoardFilling {
  private static let entriesEach = 10
  private static let type = "filled"
  private static let board = "late"

  private let members: Int

  init(entries: Int) {
    members = entries / Self.entriesEach
  }

  private var entries: Int { members * Self.entriesEach }

  /// On stores of its own, with nothing but these transactions.
  consuming func run(heeding interruption: Interruption) throws(BenchmarkError) -> [Finding] {
    let stores = try Stores()
    defer { stores.stop() }
    let ledger = try FilledLedger.open(on: stores, heeding: interruption)
    let admin = try LedgerAdmin(of: ledger, on: stores, heeding: interruption)
    let clocks = try LedgerClocks(service: ledger.service, stores: stores)
    try admin.defineType(Self.type)
    for pass in 0..<Self.entriesEach {
      try ledger.fill(members, type: Self.type, as: "pass-\(pass)", heeding: interruption)
    }
    try clocks.waitUntilIdle(heeding: interruption)
    try FilledLedger.settleTables(of: stores, heeding: interruption)
    let before = try clocks.read()
    let start = ContinuousClock.now
    try admin.defineBoard(Self.board, of: Self.type, #""metric":"earned""#)
    try admin.waitForBoard(Self.board, within: .seconds(7_200), heeding: interruption)
    let time = ContinuousClock.now - start
    try clocks.waitUntilIdle(heeding: interruption)
    let spent = try clocks.read() - before
    try admin.expectMembers(members, of: Self.board)
    return [finding(time, spent)]
  }

  private func finding(_ time: Duration, _ spent: LedgerClocks.Reading) -> Finding {
    func cost(_ part: Duration) -> String {
      Decimals.text(part / .microseconds(1) / Double(entries), places: 1)
    }
    let rate = Decimals.text(Double(entries) / (time / .seconds(1)), places: 0)
    let shares =
      "service \(cost(spent.service)), Postgres \(cost(spent.postgres)), Redis \(cost(spent.redis))"
    return Finding(
      subject: "filling a board from \(entries) transactions of \(members) accounts",
      measured: "\(rate)/s, \(cost(spent.sum)) us of CPU each (\(shares))", yardstick: "",
      judged: Samples([time / .seconds(1)]), form: .seconds, bar: .none)
  }
}
