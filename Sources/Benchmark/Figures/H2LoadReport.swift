// What h2load says about a timed run, read as strictly as the report of wrk.

struct H2LoadReport: Sendable, Equatable {
  let requests: Int
  let perSecond: Double

  /// A run in which every request was answered well.
  init(_ text: String) throws(BenchmarkError) {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    // As in: finished in 1.00s, 171364.00 req/s, 5.39MB/s
    let rates = lines.filter { $0.count >= 5 && $0[0] == "finished" && $0[4].hasPrefix("req/s") }
    // As in: requests: 171364 total, 171620 started, 171364 done, 171364 succeeded, 0 failed, ...
    let counts = lines.filter { $0.count >= 11 && $0[0] == "requests:" && $0[10].hasPrefix("failed") }
    // As in: status codes: 171364 2xx, 0 3xx, 0 4xx, 0 5xx
    let statuses = lines.filter { $0.count == 10 && $0[0] == "status" }
    guard rates.count == 1, let perSecond = Double(rates[0][3]), perSecond > 0, counts.count == 1,
      let requests = Int(counts[0][7]), requests > 0, counts[0][9] == "0", statuses.count == 1,
      statuses[0][6] == "0", statuses[0][8] == "0"
    else { throw .unreadable(what: "the report of h2load", text: text) }
    (self.requests, self.perSecond) = (requests, perSecond)
  }
}
