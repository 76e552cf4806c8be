// How soon a new process answers, when its stores are there: what a restart
// or a new instance makes callers wait. The time runs from the start of the
// child, so it has the start of `setpriv` in it, about a millisecond.

enum StartDelay {
  private static let barMost = 50.0
  /// Cheap, and more scattered than the rest.
  private static let startsPerRound = 5

  static func run(
    _ options: BenchmarkOptions, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    guard options.wants(.start) else { return [] }
    var milliseconds: [Double] = []
    for _ in 0..<(options.rounds * startsPerRound) {
      milliseconds.append(try measureOnce(on: stores, heeding: interruption))
    }
    let finding = Finding(
      subject: "start", measured: "first answer of /health, \(milliseconds.count) starts", yardstick: "",
      judged: Samples(milliseconds), form: .milliseconds, bar: .atMost(barMost))
    return [finding]
  }

  private static func measureOnce(
    on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> Double {
    let start = ContinuousClock.now
    let service = try MeasuredServer.service(on: stores, workers: nil)
    _ = try service.waitForAnswer("/health", heeding: interruption)
    return start.duration(to: .now) / .milliseconds(1)
  }
}
