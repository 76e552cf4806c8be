// A ledger of many members, filled through the service itself: what is measured on it was made by the same
// writing that is measured.

struct FilledLedger: ~Copyable {
  let service: MeasuredServer
  let key: ServiceKey
  let members: Int
  /// What Redis needed for all of them.
  let redisBytes: Int

  private static let legsPerPosting = 1_000
  /// Postings under way at once: more would only wait for each other.
  private static let postingsAtOnce = 4

  /// Takes about a minute for a million.
  static func fill(
    _ members: Int, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> FilledLedger {
    let service = try MeasuredServer.service(on: stores, workers: nil)
    _ = try service.waitForAnswer("/ready", heeding: interruption)
    let key = try ServiceKey(on: stores, heeding: interruption)
    let clocks = try LedgerClocks(service: service, stores: stores)
    try clocks.waitUntilIdle(heeding: interruption)
    let before = try memory(of: stores, heeding: interruption)
    try post(members, key, service, heeding: interruption)
    try clocks.waitUntilIdle(heeding: interruption)
    let redisBytes = try memory(of: stores, heeding: interruption) - before
    _ = try stores.ledger.run(
      PackageResources.settle_tables_sql, within: .seconds(300), heeding: interruption)
    return FilledLedger(service: service, key: key, members: members, redisBytes: redisBytes)
  }

  /// As the scripts of wrk name them.
  static func posting(of members: Range<Int>, type: String = "points") -> [UInt8] {
    let legs = members.map { number in
      let digits = String(number)
      let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
      let amount = 1 + number * 7_919 % 1_000_003
      return #"{"userId":"member-\#(padded)","pointType":"\#(type)","type":"credit","amount":\#(amount)}"#
    }
    return Array(#"{"legs":[\#(legs.joined(separator: ","))]}"#.utf8)
  }

  private static func post(
    _ members: Int, _ key: ServiceKey, _ service: borrowing MeasuredServer, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    var first = 0
    var callers: [LedgerCaller] = []
    for _ in 0..<postingsAtOnce { callers.append(try LedgerCaller(of: service)) }
    while first < members {
      try interruption.check()
      var busy: [LedgerCaller] = []
      for caller in callers where first < members {
        let range = first..<min(members, first + legsPerPosting)
        try caller.send("/points/postings", posting(of: range), as: "fill-\(first)", key)
        busy.append(caller)
        first = range.upperBound
      }
      for caller in busy { try caller.expectCreated(by: service) }
    }
  }

  private static func memory(
    of stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> Int {
    let text = try stores.redisFact("used_memory", of: "memory", heeding: interruption)
    guard let bytes = Int(text) else { throw .unreadable(what: "the memory of Redis", text: String(text)) }
    return bytes
  }
}
