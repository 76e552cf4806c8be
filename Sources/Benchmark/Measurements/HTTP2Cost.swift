// The processor time of the same no-op over both versions of HTTP, in turn within each round: h2load asks
// over HTTP/2 on 8 connections of 32 streams, wrk over HTTP/1.1.

struct HTTP2Cost {
  private static let barMost = 0.35
  private static let path = "/health"

  private var http1 = RequestCost("/health", path: path)
  private var http2: [Double] = []
  private var perSecond: [Double] = []

  consuming func run(
    _ options: BenchmarkOptions, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    let service = try MeasuredServer.service(on: stores, workers: 1)
    _ = try service.waitForAnswer(Self.path, heeding: interruption)
    try RequestCost.warmUp(service, path: Self.path, heeding: interruption)
    for _ in 0..<options.rounds {
      try http1.measure(service, seconds: options.seconds, heeding: interruption)
      let clock = try ProcessClock(processID: service.program.processID)
      let before = try clock.read()
      let report = try H2Load.load(
        service, path: Self.path, seconds: options.seconds, heeding: interruption)
      http2.append((try clock.read() - before) / .microseconds(1) / Double(report.requests))
      perSecond.append(report.perSecond)
    }
    let cost = Decimals.text(Samples(http2).median, places: 2)
    let rate = Decimals.text(Samples(perSecond).median / 1_000, places: 0)
    return [
      Finding(
        subject: "/health over HTTP/2", measured: "\(cost) us of CPU (\(rate) k/s)",
        yardstick: "over HTTP/1.1: \(http1.summary)",
        judged: .ratios(of: http2, to: http1.microseconds), form: .ratio, bar: .atMost(Self.barMost))
    ]
  }
}
