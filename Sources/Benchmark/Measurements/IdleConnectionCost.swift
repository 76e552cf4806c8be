// What a connection costs while nobody uses it. Each has asked once, so that
// the server holds all it ever holds for an idle one. A fresh process is
// taken each time: memory once used and given back would hide the growth.
private import Glibc

enum IdleConnectionCost {
  static let connections = 10_000
  private static let barMost = 10.0

  static func run(
    _ options: BenchmarkOptions, on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> [Finding] {
    guard options.wants(.memory) else { return [] }
    try allowDescriptors(connections + 100)
    var resident: [Double] = []
    var proportional: [Double] = []
    for _ in 0..<options.rounds {
      let growth = try measureOnce(on: stores, heeding: interruption)
      resident.append(Double(growth.resident) / Double(connections))
      proportional.append(Double(growth.proportional) / Double(connections))
    }
    return [finding("RSS", resident), finding("PSS", proportional)]
  }

  private static func finding(_ kind: String, _ kibibytes: [Double]) -> Finding {
    let growth = Decimals.text(Samples(kibibytes).median * Double(connections) / 1_024, places: 1)
    return Finding(
      subject: "idle connection, \(kind)", measured: "\(growth) MiB for \(connections) connections",
      yardstick: "", judged: Samples(kibibytes), form: .kibibytes, bar: .atMost(barMost))
  }

  private static func measureOnce(
    on stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> (resident: Int, proportional: Int) {
    let service = try MeasuredServer.service(on: stores, workers: 1)
    _ = try service.waitForAnswer("/health", heeding: interruption)
    let before = try service.memory
    let held = try HeldConnections(connections, to: service, heeding: interruption)
    let after = try service.memory
    try held.expectAllOpen(program: service.program.name)
    return (after.resident - before.resident, after.proportional - before.proportional)
  }

  /// A connection is a descriptor, here and in the service, which inherits our limit.
  private static func allowDescriptors(_ needed: Int) throws(BenchmarkError) {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      throw .refused(action: "read the limit of descriptors", errno: errno)
    }
    guard limit.rlim_max >= rlim_t(needed) else {
      throw .tooFewDescriptors(needed: needed, allowed: Int(clamping: limit.rlim_max))
    }
    limit.rlim_cur = limit.rlim_max
    guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
      throw .refused(action: "raise the limit of descriptors", errno: errno)
    }
  }
}
