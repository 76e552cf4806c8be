// What `points load --json` says: one object of whole numbers on one line. A run in which anything was
// refused or never answered gives no figure.

struct SenderReport: Sendable, Equatable {
  let answered: Int
  let unitsPerRequest: Int
  let elapsed: Duration
  let median: Duration
  let ninetyNinth: Duration
  /// 999 of 1,000 were answered within it.
  let thousandth: Duration

  init(_ text: String) throws(BenchmarkError) {
    guard text.contains("\"refused\":{}"), Self.number("unanswered", in: text) == 0,
      let answered = Self.number("answered", in: text), answered > 0,
      let units = Self.number("unitsPerRequest", in: text),
      let elapsed = Self.number("microseconds", in: text), elapsed > 0,
      let median = Self.number("p50", in: text), let ninetyNinth = Self.number("p99", in: text),
      let thousandth = Self.number("p999", in: text)
    else { throw .unreadable(what: "the report of points load", text: text) }
    (self.answered, unitsPerRequest) = (answered, units)
    self.elapsed = .microseconds(elapsed)
    self.median = .microseconds(median)
    self.ninetyNinth = .microseconds(ninetyNinth)
    self.thousandth = .microseconds(thousandth)
  }

  var unitsPerSecond: Double { Double(answered * unitsPerRequest) / (elapsed / .seconds(1)) }

  private static func number(_ name: String, in text: String) -> Int? {
    let parts = text.split(separator: "\"\(name)\":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    return Int(parts[1].prefix { $0.isNumber })
  }
}
