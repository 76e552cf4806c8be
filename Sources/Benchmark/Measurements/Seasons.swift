// Two boards by season of the default type, filled from the ledger after all else was measured on it: one
// whose season goes on, and one whose season is over and stored.

struct Seasons {
  static let live = "season"
  static let past = "past"
  static let label = "s1"
  private static let definition =
    #""period":"seasons","seasons":[{"label":"s1","startsAt":"2020-01-01T00:00:00Z","#
    + #""endsAt":"2120-01-01T00:00:00Z"}]"#

  let admin: LedgerAdmin
  /// How long it took to fill both together.
  let filling: Duration

  /// With everybody on both.
  static func define(
    on ledger: borrowing FilledLedger, _ stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> Seasons {
    let admin = try LedgerAdmin(of: ledger, on: stores, heeding: interruption)
    let start = ContinuousClock.now
    for name in [live, past] { try admin.defineBoard(name, of: "points", definition) }
    for name in [live, past] {
      try admin.waitForBoard(name, within: .seconds(3_600), heeding: interruption)
    }
    let filling = ContinuousClock.now - start
    try LedgerClocks(service: ledger.service, stores: stores).waitUntilIdle(heeding: interruption)
    for name in [live, past] { try admin.expectMembers(ledger.members, of: name) }
    try FilledLedger.settleTables(of: stores, heeding: interruption)
    return Seasons(admin: admin, filling: filling)
  }

  /// Ends the one season and waits until its ranks are stored.
  func closePast(heeding interruption: Interruption) throws(BenchmarkError) {
    let periods = "/points/boards/\(Self.past)/periods"
    try admin.make("\(periods)/\(Self.label)/close", "{}", as: "close-\(Self.label)")
    try admin.wait(at: periods, within: .seconds(300), heeding: interruption) {
      JSONText.text("state", in: $0) == "frozen"
    }
  }
}
