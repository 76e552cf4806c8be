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
    let empty = try open(on: stores, heeding: interruption)
    let clocks = try LedgerClocks(service: empty.service, stores: stores)
    try clocks.waitUntilIdle(heeding: interruption)
    let before = try memory(of: stores, heeding: interruption)
    try empty.fill(members, heeding: interruption)
    try clocks.waitUntilIdle(heeding: interruption)
    let redisBytes = try memory(of: stores, heeding: interruption) - before
    try settleTables(of: stores, heeding: interruption)
    return FilledLedger(service: empty.service, key: empty.key, members: members, redisBytes: redisBytes)
  }

  /// One with nobody in it.
  static func open(
    on stores: Stores, settings: [String: String] = [:], heeding interruption: Interruption
  ) throws(BenchmarkError) -> FilledLedger {
    let service = try MeasuredServer.service(on: stores, workers: nil, settings: settings)
    _ = try service.waitForAnswer("/ready", heeding: interruption)
    let key = try ServiceKey(on: stores, heeding: interruption)
    return FilledLedger(service: service, key: key, members: 0, redisBytes: 0)
  }

  static func settleTables(
    of stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    _ = try stores.ledger.run(
      PackageResources.settle_tables_sql, within: .seconds(600), heeding: interruption)
  }

  /// No member gets more at once than this and the least that all get.
  static let spread = 1_000_003

  /// As the scripts of wrk name them; a leg of each category for each.
  static func posting(
    of members: Range<Int>, least: Int = 1, type: String = "points", categories: [String?] = [nil]
  ) -> [UInt8] {
    let legs = members.flatMap { number in
      let digits = String(number)
      let padded = String(repeating: "0", count: max(0, 7 - digits.count)) + digits
      let amount = least + number * 7_919 % spread
      let leg = #""userId":"member-\#(padded)","pointType":"\#(type)","type":"credit","amount":\#(amount)"#
      return categories.map { category in
        category.map { #"{\#(leg),"category":"\#($0)"}"# } ?? "{\(leg)}"
      }
    }
    return Array(#"{"legs":[\#(legs.joined(separator: ","))]}"#.utf8)
  }

  /// Gives something to each of so many members, in each of the categories; once more for each word that no
  /// filling of the type had before.
  func fill(
    _ members: Int, type: String = "points", categories: [String?] = [nil], as word: String = "fill",
    heeding interruption: Interruption
  ) throws(BenchmarkError) {
    try fill(0..<members, type: type, categories: categories, as: word, heeding: interruption)
  }

  /// At least so much to each.
  func fill(
    _ members: Range<Int>, least: Int = 1, type: String = "points", categories: [String?] = [nil],
    as word: String = "fill", heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let step = Self.legsPerPosting / categories.count
    var first = members.lowerBound
    var callers: [LedgerCaller] = []
    for _ in 0..<Self.postingsAtOnce { callers.append(try LedgerCaller(of: service)) }
    while first < members.upperBound {
      try interruption.check()
      var busy: [LedgerCaller] = []
      for caller in callers where first < members.upperBound {
        let range = first..<min(members.upperBound, first + step)
        let body = Self.posting(of: range, least: least, type: type, categories: categories)
        try caller.send("/points/postings", body, as: "\(type)-\(word)-\(first)", key)
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
