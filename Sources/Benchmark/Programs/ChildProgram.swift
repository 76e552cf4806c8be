// A program that runs beside the bench: a server that is measured, or a tool that measures. It cannot outlive
// us: the kernel kills it when the thread that started it ends, and the bench runs on the main thread only.
private import Glibc

/// A running child. Dropping it kills and reaps it.
struct ChildProgram: ~Copyable {
  let name: String
  let processID: Int32
  /// Everything it writes, output and errors together.
  private let output: Int32
  private var isReaped = false

  /// `environment` is all the child has besides a plain
  /// PATH: no setting of the caller bends what is measured.
  init(
    _ name: String, command: [String], environment: [String: String] = [:]
  ) throws(BenchmarkError) {
    let setpriv = try InstalledTool.setpriv.find()
    let line = [setpriv, "--pdeathsig=KILL", "--"] + command
    let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    let variables = ["PATH=\(path)", "LC_ALL=C"] + environment.map { "\($0.key)=\($0.value)" }
    let spawn = try SpawnedProcess.start(line, environment: variables, name: name)
    (self.name, processID, output) = (name, spawn.processID, spawn.output)
  }

  deinit {
    if !isReaped {
      kill(processID, SIGKILL)
      while waitpid(processID, nil, 0) < 0 && errno == EINTR {}
    }
    close(output)
  }

  /// What it has written and nobody has read yet, without waiting.
  func lastWords() -> String {
    var written: [UInt8] = []
    var watched = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
    while written.count < 64 * 1024, unsafe poll(&watched, 1, 0) > 0 {
      let chunk = readSome()
      if chunk.isEmpty { break }
      written += chunk
    }
    return String(decoding: written, as: UTF8.self)
  }

  /// Waits for its end and returns all it wrote. Its exit status says nothing: some tools leave with 1
  /// after telling their version.
  consuming func finish(
    within limit: Duration, heeding interruption: Interruption
  ) throws(BenchmarkError) -> String {
    let deadline = ContinuousClock.now + limit
    var written: [UInt8] = []
    while try interruption.wait(reading: output, until: deadline) {
      let chunk = readSome()
      guard chunk.isEmpty else {
        written += chunk
        continue
      }
      while waitpid(processID, nil, 0) < 0 && errno == EINTR {}
      isReaped = true
      return String(decoding: written, as: UTF8.self)
    }
    throw .notReady(program: name, lastWords: String(decoding: written, as: UTF8.self))
  }

  /// Whether it is still there; it stays a zombie, with its id its own, until it is dropped.
  var isRunning: Bool {
    var report = unsafe siginfo_t()
    let answer = unsafe waitid(P_PID, UInt32(processID), &report, WEXITED | WNOWAIT | WNOHANG)
    return unsafe answer == 0 && report.si_signo == 0
  }

  private func readSome() -> ArraySlice<UInt8> {
    var chunk = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(output, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      return chunk[..<max(0, count)]
    }
  }
}
