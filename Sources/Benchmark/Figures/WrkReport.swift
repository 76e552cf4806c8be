// What wrk says about a run. It writes for people, and adds lines when something went wrong: the reading
// is strict, so that a run with errors, or a wrk of another make, gives no figure rather than a wrong one.

struct WrkReport: Sendable, Equatable {
  let requests: Int

  /// A run in which every request was answered well, and nothing else.
  init(_ text: String) throws(BenchmarkError) {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    let troubles = lines.filter { $0.first == "Non-2xx" || $0.starts(with: ["Socket", "errors:"]) }
    guard troubles.isEmpty else { throw .unreadable(what: "wrk saw errors; its report", text: text) }
    // As in: 2161 requests in 1.00s, 804.04KB read
    let totals = lines.filter {
      $0.count == 6 && $0[1...2].elementsEqual(["requests", "in"]) && $0[5] == "read"
    }
    guard totals.count == 1, let requests = Int(totals[0][0]), requests > 0 else {
      throw .unreadable(what: "the report of wrk", text: text)
    }
    self.requests = requests
  }
}
