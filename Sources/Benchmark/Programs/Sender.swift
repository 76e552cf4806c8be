// Our own sender of load, `points load`, as a process of its own: awards with a key each over HTTP/2,
// batches, and whatever has to come at a steady rate.

struct Sender: Sendable {
  /// What to send, as arguments of `points load`.
  var subject: [String]
  var isHTTP2 = false
  var connections = Wrk.connections
  var streams = 1
  /// Requests a second; nil is as fast as they are answered.
  var rate: Int?

  /// Requests that are under way at once.
  var callers: Int { connections * streams }

  static func awards(to members: Int, behind others: Int = 0) -> [String] {
    ["--send", "awards", "--members", "\(members)", "--behind", "\(others)"]
  }

  func load(
    _ ledger: borrowing FilledLedger, seconds: Int, warmUp: Int = 0, heeding interruption: Interruption
  ) throws(BenchmarkError) -> SenderReport {
    var command = [try OwnProgram.path(), "load", "--json"] + subject
    command += ["--port", "\(ledger.service.port)", "--seconds", "\(seconds)", "--warm-up", "\(warmUp)"]
    command += ["--connections", "\(connections)", "--streams", "\(streams)"]
    command += ["--version", isHTTP2 ? "http2" : "http1"]
    if let rate { command += ["--rate", "\(rate)"] }
    let environment = ["POINTS_API_KEY": ledger.key.text]
    let child = try ChildProgram("points load", command: command, environment: environment)
    return try SenderReport(
      child.finish(within: .seconds(seconds + warmUp + 30), heeding: interruption))
  }
}
