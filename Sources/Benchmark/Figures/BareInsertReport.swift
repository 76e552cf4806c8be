// What psql says of a timed statement, read as strictly as the report of wrk.

struct BareInsertReport: Sendable, Equatable {
  let seconds: Double

  /// Of the one line that tells a time.
  init(_ lines: [Substring]) throws(BenchmarkError) {
    // As in: Time: 1298.401 ms (00:01.298)
    let times = lines.map { $0.split(separator: " ") }.filter { $0.count >= 3 && $0[0] == "Time:" }
    guard times.count == 1, times[0][2] == "ms", let milliseconds = Double(times[0][1]), milliseconds > 0
    else { throw .unreadable(what: "the time that psql tells", text: lines.joined(separator: "\n")) }
    seconds = milliseconds / 1_000
  }
}
