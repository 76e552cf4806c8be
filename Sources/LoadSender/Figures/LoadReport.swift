// What came of a load.

package struct LoadReport: Sendable, Equatable {
  /// Answered 2xx, within the time that counts and after the warm-up.
  package internal(set) var answered = 0
  /// Answered otherwise, by status.
  package internal(set) var refused: [Int: Int] = [:]
  /// Sent, or due at a steady rate, and never answered.
  package internal(set) var unanswered = 0
  /// From the end of the warm-up to the last answer, and not less than what was asked for.
  package internal(set) var elapsed = Duration.zero
  package internal(set) var latencies = LatencyHistogram()
  /// How many awards, or other answers, a request asked for.
  package internal(set) var unitsPerRequest = 1

  package var requestsPerSecond: Double { Double(answered) / max(1e-9, elapsed / .seconds(1)) }
  package var unitsPerSecond: Double { requestsPerSecond * Double(unitsPerRequest) }
  package var isClean: Bool { refused.isEmpty && unanswered == 0 && answered > 0 }

  /// One object on one line, for a program: times are whole microseconds.
  package var json: String {
    let statuses = refused.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
    let times = [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p999", 0.999)].map { name, share in
      "\"\(name)\":\(latencies.quantile(share).microseconds)"
    }
    let fields =
      [
        "\"answered\":\(answered)", "\"refused\":{\(statuses.joined(separator: ","))}",
        "\"unanswered\":\(unanswered)", "\"unitsPerRequest\":\(unitsPerRequest)",
        "\"microseconds\":\(elapsed.microseconds)",
      ] + times + ["\"max\":\(latencies.greatest.microseconds)"]
    return "{\(fields.joined(separator: ","))}"
  }
}
