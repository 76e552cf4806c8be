// What redis-benchmark says about a run when it is asked for comma-separated values.

struct RedisBenchmarkReport: Sendable, Equatable {
  let requestsPerSecond: Double

  /// Of the line about this command.
  init(_ text: String, about command: String) throws(BenchmarkError) {
    // As in: "GET","55865.92","0.717",...
    let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
    let told = lines.filter { $0.count >= 2 && $0[0] == "\"\(command)\"" }
    guard told.count == 1, let rate = Double(told[0][1].filter { $0 != "\"" }), rate > 0 else {
      throw .unreadable(what: "the report of redis-benchmark", text: text)
    }
    requestsPerSecond = rate
  }
}
