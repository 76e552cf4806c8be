// The load over HTTP/2 where every request is the same: h2load, with one thread.

enum H2Load {
  static let connections = 8
  static let streams = 32

  static func load(
    _ server: borrowing MeasuredServer, path: String, key: String? = nil, seconds: Int,
    heeding interruption: Interruption
  ) throws(BenchmarkError) -> H2LoadReport {
    var command = [try InstalledTool.h2load.find(), "-t1", "-c\(connections)", "-m\(streams)"]
    command += ["-D\(seconds)", "--warm-up-time=0"]
    if let key { command += ["-H", "Authorization: Bearer \(key)"] }
    command.append("http://127.0.0.1:\(server.port)\(path)")
    let child = try ChildProgram("h2load", command: command)
    return try H2LoadReport(child.finish(within: .seconds(seconds + 30), heeding: interruption))
  }
}
