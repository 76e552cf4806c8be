// What every tool that loads the service tells, whichever it is.

struct LoadFigures: Sendable, Equatable {
  let requests: Int
  let seconds: Double
  /// Awards in a request, where it is a batch of them.
  var unitsPerRequest = 1
  let median: Duration
  let ninetyNinth: Duration

  var units: Int { requests * unitsPerRequest }
  var unitsPerSecond: Double { Double(units) / seconds }
}

extension LoadFigures {
  init(_ report: WrkReport) throws(BenchmarkError) {
    guard let latency = report.latency else { throw .unreadable(what: "the latency", text: "\(report)") }
    self.init(
      requests: report.requests, seconds: report.seconds, median: latency.median,
      ninetyNinth: latency.ninetyNinth)
  }

  init(_ report: SenderReport) {
    self.init(
      requests: report.answered, seconds: report.elapsed / .seconds(1),
      unitsPerRequest: report.unitsPerRequest, median: report.median, ninetyNinth: report.ninetyNinth)
  }
}
