// What wrk says about a run. It writes for people, and adds lines when something went wrong: the reading
// is strict, so that a run with errors, or a wrk of another make, gives no figure rather than a wrong one.

struct WrkReport: Sendable, Equatable {
  let requests: Int
  /// How long the run really took.
  let seconds: Double
  /// How long half of the requests took at most, and 99 of 100; only where wrk was asked to tell.
  let latency: Latency?
  /// What our script of awards counted, where it looked at the answers.
  let looked: Looked?

  struct Latency: Sendable, Equatable {
    let median: Duration
    let ninetyNinth: Duration
  }

  struct Looked: Sendable, Equatable {
    let answers: Int
    let projected: Int
  }

  var perSecond: Double { Double(requests) / seconds }

  /// A run in which every request was answered well, and nothing else.
  init(_ text: String) throws(BenchmarkError) {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    let troubles = lines.filter { $0.first == "Non-2xx" || $0.starts(with: ["Socket", "errors:"]) }
    guard troubles.isEmpty else { throw .unreadable(what: "wrk saw errors; its report", text: text) }
    // As in: 2161 requests in 1.00s, 804.04KB read
    let totals = lines.filter {
      $0.count == 6 && $0[1...2].elementsEqual(["requests", "in"]) && $0[5] == "read"
    }
    guard totals.count == 1, let requests = Int(totals[0][0]), requests > 0,
      let time = Self.duration(totals[0][3].dropLast(1)), time > .zero
    else { throw .unreadable(what: "the report of wrk", text: text) }
    self.requests = requests
    seconds = time / .seconds(1)
    latency = Self.latency(lines)
    looked = Self.looked(lines)
  }

  private static func latency(_ lines: [[Substring]]) -> Latency? {
    func limit(_ share: Substring) -> Duration? {
      lines.first { $0.count == 2 && $0[0] == share }.flatMap { duration($0[1]) }
    }
    guard let median = limit("50%"), let ninetyNinth = limit("99%") else { return nil }
    return Latency(median: median, ninetyNinth: ninetyNinth)
  }

  /// As in: looked at 2161 answers, 2160 projected
  private static func looked(_ lines: [[Substring]]) -> Looked? {
    guard let words = lines.first(where: { $0.count == 6 && $0[0] == "looked" && $0[5] == "projected" }),
      let answers = Int(words[2]), let projected = Int(words[4])
    else { return nil }
    return Looked(answers: answers, projected: projected)
  }

  /// As in 812.00us, 13.43ms, 1.01s, 1.50m.
  private static func duration(_ text: Substring) -> Duration? {
    let unit = text.drop { $0.isNumber || $0 == "." }
    guard let number = Double(text.dropLast(unit.count)), number >= 0, number < 1e6 else { return nil }
    return switch unit {
    case "us": .microseconds(1) * number
    case "ms": .milliseconds(1) * number
    case "s": .seconds(1) * number
    case "m": .seconds(60) * number
    default: nil
    }
  }
}
