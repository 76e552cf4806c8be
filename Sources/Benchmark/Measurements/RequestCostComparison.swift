// All requests that are compared with one another, measured in turn within each round, so that whatever
// slows the machine for a while slows the quantity and its yardstick alike.

struct RequestCostComparison: ~Copyable {
  private let options: BenchmarkOptions
  private var nginx = RequestCost("nginx", path: "/health")
  private var health = RequestCost("/health", path: "/health")
  private var redis = RequestCost("/bench/redis", path: "/bench/redis")
  private var postgres = RequestCost("/bench/postgres", path: "/bench/postgres")

  init(_ options: BenchmarkOptions) {
    self.options = options
  }

  var isWanted: Bool { options.wants(.health) || options.wants(.redis) || options.wants(.postgres) }

  consuming func run(
    on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    guard isWanted else { return [] }
    let directory = try TemporaryDirectory()
    let service = try MeasuredServer.service(on: stores, workers: 1)
    let answer = try service.waitForAnswer("/health", heeding: interruption)
    let yardstick = try MeasuredServer.nginx(answering: answer, in: directory)
    guard try yardstick.waitForAnswer("/health", heeding: interruption) == answer else {
      throw .unexpectedAnswer(from: "nginx", "it is not the answer of the service")
    }
    try warmUp(service: service, yardstick: yardstick, heeding: interruption)
    for _ in 0..<options.rounds {
      try measureOnce(service: service, yardstick: yardstick, heeding: interruption)
    }
    return findings
  }

  private func warmUp(
    service: borrowing MeasuredServer, yardstick: borrowing MeasuredServer,
    heeding interruption: Interruption
  ) throws(BenchmarkError) {
    if options.wants(.health) {
      try RequestCost.warmUp(yardstick, path: nginx.path, heeding: interruption)
    }
    for path in [health.path] + storePaths {
      _ = try service.waitForAnswer(path, heeding: interruption)
      try RequestCost.warmUp(service, path: path, heeding: interruption)
    }
  }

  private var storePaths: [String] {
    (options.wants(.redis) ? [redis.path] : []) + (options.wants(.postgres) ? [postgres.path] : [])
  }

  private mutating func measureOnce(
    service: borrowing MeasuredServer, yardstick: borrowing MeasuredServer,
    heeding interruption: Interruption
  ) throws(BenchmarkError) {
    let seconds = options.seconds
    if options.wants(.health) {
      try nginx.measure(yardstick, seconds: seconds, heeding: interruption)
    }
    try health.measure(service, seconds: seconds, heeding: interruption)
    if options.wants(.redis) { try redis.measure(service, seconds: seconds, heeding: interruption) }
    if options.wants(.postgres) { try postgres.measure(service, seconds: seconds, heeding: interruption) }
  }

  private var findings: [Finding] {
    var findings: [Finding] = []
    if options.wants(.health) { findings.append(health.finding(against: nginx, atMost: 1.15)) }
    if options.wants(.redis) { findings.append(redis.finding(against: health, atMost: 1.6)) }
    if options.wants(.postgres) { findings.append(postgres.finding(against: health, atMost: 2)) }
    return findings
  }
}
