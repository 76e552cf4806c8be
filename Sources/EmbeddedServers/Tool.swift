// A program that is run to its end for what it does or says:
// initdb, a question for a version, the removal of a tree.

private import Glibc

struct Tool {
  var program: String
  var arguments: [String]
  var workingDirectory = "/"
  var account: UnprivilegedAccount?
  var input: String?

  /// Runs the program and returns what it wrote, output and errors together. Anything but exit status 0 is an
  /// error that carries its last words. At the deadline the program is killed.
  func run(until deadline: ContinuousClock.Instant) throws(EmbeddedServersError) -> String {
    let (reading, writing) = try SocketPair.make()
    defer { close(reading) }
    let child: ChildProcess
    do {
      defer { close(writing) }
      child = try ChildProcess.start(launch(output: writing))
    }
    let written = read(reading, until: deadline)
    let ended = child.waitForEnd(until: deadline)
    if !ended { child.signal(SIGKILL) }
    let text = String(decoding: written, as: UTF8.self)
    guard ended, let ending = child.ending else {
      throw .notReadyInTime(program: program, logTail: LogTail.of(text))
    }
    guard ending.isSuccess else {
      throw .exitedEarly(program: program, ending: ending.description, logTail: LogTail.of(text))
    }
    return text
  }

  private func launch(output: Int32) -> Launch {
    Launch(
      program: program, arguments: arguments, workingDirectory: workingDirectory, account: account,
      deathSignal: "KILL", input: input, output: output)
  }

  private func read(_ descriptor: Int32, until deadline: ContinuousClock.Instant) -> [UInt8] {
    var written: [UInt8] = []
    while Descriptor.wait(for: descriptor, until: deadline) {
      let chunk = Descriptor.readSome(from: descriptor)
      if chunk.isEmpty { break }
      written += chunk
    }
    return written
  }
}

extension Tool {
  /// Removes a directory with all that is in it. `rm` does
  /// not follow a link that somebody swaps in meanwhile.
  static func removeTree(_ path: String) throws(EmbeddedServersError) {
    let tool = Tool(program: "/bin/rm", arguments: ["-rf", "--one-file-system", "--", path])
    _ = try tool.run(until: .now + .seconds(60))
  }
}
