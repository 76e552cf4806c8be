// A hundred point types with their boards, so that not everybody asks for the same page.

enum ManyBoards {
  static let count = 100
  static let membersEach = 10_000
  private static let legsPerPosting = 1_000

  static func fill(
    _ ledger: borrowing FilledLedger, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let admin = try ServiceKey(on: stores, role: "admin", heeding: interruption)
    let caller = try LedgerCaller(of: ledger.service)
    for number in 0..<count {
      try interruption.check()
      let name = name(number)
      try caller.send(
        "/points/types", Array(#"{"name":"\#(name)","displayName":"Type \#(number)"}"#.utf8), as: name, admin)
      try caller.expectCreated(by: ledger.service)
      for first in stride(from: 0, to: membersEach, by: legsPerPosting) {
        let body = FilledLedger.posting(of: first..<(first + legsPerPosting), type: name)
        try caller.send("/points/postings", body, as: "\(name)-\(first)", ledger.key)
        try caller.expectCreated(by: ledger.service)
      }
    }
    try LedgerClocks(service: ledger.service, stores: stores).waitUntilIdle(heeding: interruption)
  }

  /// As `points load` calls them.
  private static func name(_ number: Int) -> String {
    let digits = String(number)
    return "type-" + String(repeating: "0", count: 3 - digits.count) + digits
  }
}
