// The processor time that a server spends on a request: its own, kernel included, whatever the client and
// the stores spend. Throughput would tell less, since client, server and stores share the processors.

/// A path of a server under load, and what it cost in each round.
struct RequestCost {
  let subject: String
  let path: String
  private(set) var microseconds: [Double] = []
  private(set) var requestsPerSecond: [Double] = []

  init(_ subject: String, path: String) {
    (self.subject, self.path) = (subject, path)
  }

  /// Loads the server for a while, as one of the rounds.
  mutating func measure(
    _ server: borrowing MeasuredServer, seconds: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let clock = try ProcessClock(processID: server.program.processID)
    let before = try clock.read()
    let report = try Wrk.load(server, path: path, seconds: seconds, heeding: interruption)
    let spent = try clock.read() - before
    microseconds.append(spent / .microseconds(1) / Double(report.requests))
    requestsPerSecond.append(Double(report.requests) / Double(seconds))
  }

  /// The first load of a process maps memory and fills caches; it does not count.
  static func warmUp(
    _ server: borrowing MeasuredServer, path: String, heeding interruption: Interruption
  ) throws(BenchmarkError) {
    _ = try Wrk.load(server, path: path, seconds: 1, heeding: interruption)
  }

  var summary: String {
    let cost = Decimals.text(Samples(microseconds).median, places: 2)
    let rate = Decimals.text(Samples(requestsPerSecond).median / 1_000, places: 0)
    return "\(cost) us of CPU (\(rate) k/s)"
  }

  /// The ratio to the yardstick, and the bar it must stay under.
  func finding(against yardstick: RequestCost, atMost bar: Double) -> Finding {
    Finding(
      subject: subject, measured: summary, yardstick: "\(yardstick.subject): \(yardstick.summary)",
      judged: .ratios(of: microseconds, to: yardstick.microseconds), form: .ratio, bar: .atMost(bar))
  }
}
