// The load over HTTP/1.1: wrk, with one thread, and as many callers as others have unless told otherwise.

enum Wrk {
  static let connections = 64

  /// Asks for one path, again and again.
  static func load(
    _ server: borrowing MeasuredServer, path: String, seconds: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) -> WrkReport {
    try WrkReport(run(seconds, ["\(address(server))\(path)"], heeding: interruption))
  }

  /// Sends what the script makes of its arguments.
  static func load(
    _ server: borrowing MeasuredServer, script: [UInt8], arguments: [String],
    connections: Int = Wrk.connections, seconds: Int, heeding interruption: Interruption
  ) throws(BenchmarkError) -> WrkReport {
    let directory = try TemporaryDirectory()
    let file = "\(directory.path)/script.lua"
    try TextFile.write(script, to: file)
    let rest = ["--latency", "-s", file, address(server), "--"] + arguments
    return try WrkReport(run(seconds, rest, connections: connections, heeding: interruption))
  }

  private static func address(_ server: borrowing MeasuredServer) -> String {
    "http://127.0.0.1:\(server.port)"
  }

  private static func run(
    _ seconds: Int, _ rest: [String], connections: Int = Wrk.connections,
    heeding interruption: Interruption
  ) throws(BenchmarkError) -> String {
    let command = [try InstalledTool.wrk.find(), "-t1", "-c\(connections)", "-d\(seconds)s"] + rest
    let wrk = try ChildProgram("wrk", command: command)
    return try wrk.finish(within: .seconds(seconds + 30), heeding: interruption)
  }
}
