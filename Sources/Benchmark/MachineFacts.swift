// What the figures were taken on. Without it nobody can tell a slower program from a slower machine.
private import EmbeddedServers
private import Glibc

struct MachineFacts: Sendable, Equatable {
  let lines: [String]

  static func gather(
    _ options: BenchmarkOptions, stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> MachineFacts {
    let tools = try toolVersions(options, heeding: interruption)
    let redis = try stores.redisFact("redis_version", of: "server", heeding: interruption)
    let machine = [
      "cores     \(sysconf(Int32(_SC_NPROCESSORS_ONLN))), \(try processorModel())",
      "kernel    \(try TextFile.read("/proc/sys/kernel/osrelease").firstLine)",
      "Postgres  \(try postgresSettings(stores, heeding: interruption))",
      "Redis     \(redis)",
    ]
    return MachineFacts(
      lines: machine + tools + ["rounds    \(options.rounds), \(options.seconds) s for each subject in each"])
  }

  private static func toolVersions(
    _ options: BenchmarkOptions, heeding interruption: Interruption
  ) throws(BenchmarkError) -> [String] {
    var lines: [String] = []
    if options.wants(.health) {
      let said = try ask(.nginx, ["-v"], heeding: interruption)
      lines.append("nginx     \(said.firstLine.split(separator: "/").last ?? "?")")
    }
    if Benchmark.tools(options).contains(.wrk) {
      let said = try ask(.wrk, ["-v"], heeding: interruption)
      let version = said.firstLine.split(separator: " ").dropFirst().first ?? "?"
      lines.append("wrk       \(version), 1 thread, \(Wrk.connections) connections")
    }
    return lines
  }

  /// Throws where Postgres only pretends to keep what it commits.
  private static func postgresSettings(
    _ stores: Stores, heeding interruption: Interruption
  ) throws(BenchmarkError) -> String {
    let rows = try stores.ledger.run(PackageResources.server_settings_sql, heeding: interruption)
    // The version of a Debian build has blanks in it; the settings are the last words.
    let words = rows.first?.split(separator: " ") ?? []
    guard words.count >= 4, words[0].first?.isNumber == true else {
      throw .unreadable(what: "the settings of Postgres", text: rows.joined(separator: "\n"))
    }
    let settings = words.suffix(3).map(String.init)
    let durability = Durability(fsync: settings[0], synchronousCommit: settings[1])
    try durability.expectFull()
    return "\(words[0]), \(durability), shared_buffers \(settings[2])"
  }

  private static func processorModel() throws(BenchmarkError) -> String {
    let lines = try TextFile.read("/proc/cpuinfo").split(separator: "\n")
    let model = lines.first { $0.hasPrefix("model name") }?.split(separator: ":").last
    return model.map { String($0.drop { $0 == " " }) } ?? "of a model the kernel does not name"
  }

  private static func ask(
    _ tool: InstalledTool, _ arguments: [String], heeding interruption: Interruption
  ) throws(BenchmarkError) -> String {
    let child = try ChildProgram(tool.rawValue, command: [try tool.find()] + arguments)
    return try child.finish(within: .seconds(10), heeding: interruption)
  }
}

extension String {
  fileprivate var firstLine: Substring { prefix { !$0.isNewline } }
}
