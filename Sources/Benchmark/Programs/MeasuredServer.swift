// A server on a port of its own, ours or a yardstick, that runs while it is measured.
private import Glibc

struct MeasuredServer: ~Copyable {
  let program: ChildProgram
  let port: UInt16

  /// Returns at once; whoever needs an answer waits for it.
  init(
    _ name: String, command: [String], environment: [String: String] = [:], port: UInt16
  ) throws(BenchmarkError) {
    program = try ChildProgram(name, command: command, environment: environment)
    self.port = port
  }

  /// Asks until the answer is 200. A server that is still
  /// connecting to its stores may say otherwise at first.
  func waitForAnswer(
    _ path: String, within limit: Duration = .seconds(10), heeding interruption: Interruption
  ) throws(BenchmarkError) -> HTTPAnswer {
    let deadline = ContinuousClock.now + limit
    var last: HTTPAnswer?
    while ContinuousClock.now < deadline {
      try interruption.check()
      guard program.isRunning else { throw .ended(program: program.name, lastWords: program.lastWords()) }
      if let connection = try LoopbackConnection.open(port: port), let answer = connection.get(path) {
        if answer.status == 200 { return answer }
        last = answer
      }
    }
    if let last {
      throw .unexpectedAnswer(from: program.name, "status \(last.status) for \(path)")
    }
    throw .notReady(program: program.name, lastWords: program.lastWords())
  }

  var memory: MemoryUse {
    get throws(BenchmarkError) {
      let place = "/proc/\(program.processID)"
      return try MemoryUse(
        status: TextFile.read("\(place)/status"), smaps: TextFile.read("\(place)/smaps_rollup"))
    }
  }
}
