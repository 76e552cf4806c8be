// One server that can be started, stopped, killed, suspended and started again on the same data.
//
// Starting and stopping are for one caller at a time; the process id may be read by anybody.

private import Glibc
private import Synchronization

final class ServerProcess: Sendable {
  private let program: ServerProgram
  private let stopLimit: Duration
  private let child = Mutex<ChildProcess?>(nil)

  init(_ program: ServerProgram, stopLimit: Duration) {
    self.program = program
    self.stopLimit = stopLimit
  }

  var processID: Int? { child.withLock { $0?.processID } }

  /// Starts the server without waiting until it is ready. What an earlier run left behind is ended first: the
  /// caller holds the lock of the directory, so whatever works on the data has lost its owner.
  func launch() throws(EmbeddedServersError) {
    guard processID == nil else { throw .alreadyStarted(program: program.name) }
    try endLeftovers(patience: .seconds(2))
    program.clearRemains()
    let log = try openLog()
    defer { close(log) }
    let started = try ChildProcess.start(
      Launch(
        program: program.program, arguments: program.arguments, workingDirectory: program.dataDirectory,
        account: program.account, deathSignal: program.deathSignal, output: log))
    child.withLock { $0 = started }
  }

  /// Returns when the server takes requests. A server that ends or is late is an error with its last words,
  /// and is not left running.
  func waitUntilReady(deadline: ContinuousClock.Instant) throws(EmbeddedServersError) {
    guard let child = child.withLock({ $0 }) else { return }
    while true {
      if let id = child.processID, program.isReady(id) { return }
      let next = min(deadline, .now + .milliseconds(5))
      if child.waitForEnd(until: next) {
        let ending = child.ending?.description ?? "unknown"
        throw .exitedEarly(program: program.name, ending: ending, logTail: logTail())
      }
      guard ContinuousClock.now < deadline else {
        kill()
        throw .notReadyInTime(program: program.name, logTail: logTail())
      }
    }
  }

  /// Asks with each stop signal in turn, then kills. A
  /// suspended server is woken: it could not hear otherwise.
  func stop() {
    guard let child = child.withLock({ $0 }) else { return }
    resume()
    for signal in program.stopSignals {
      child.signal(signal)
      if child.waitForEnd(until: .now + stopLimit) { break }
    }
    kill()
  }

  /// Ends the server at once, as a crash would, with all its processes.
  func kill() {
    guard let child = child.withLock({ $0 }) else { return }
    child.signal(SIGKILL)
    // SIGKILL cannot be refused; only a disk that hangs can delay it.
    _ = child.waitForEnd(until: .now + .seconds(30))
    self.child.withLock { $0 = nil }
    try? endLeftovers(patience: .zero)
  }

  /// Suspends every process of the server: connections stay open and nothing answers.
  func pause() {
    signalAll(SIGSTOP)
  }

  func resume() {
    signalAll(SIGCONT)
  }

  /// The server's own process first: it is the one that starts others.
  private func signalAll(_ number: Int32) {
    child.withLock { $0?.signal(number) }
    ProcessTable.signal(workers().filter { $0 != processID }, number)
  }

  private func workers() -> [Int] {
    ProcessTable.processes(named: program.processName, workingIn: program.dataDirectory)
  }

  /// Ends processes on our data that are not our child: those of a run that was
  /// killed, whose death signal is perhaps just being obeyed, and the backends
  /// of a Postgres that was killed. They are not ours to wait for, so we look.
  private func endLeftovers(patience: Duration) throws(EmbeddedServersError) {
    if patience > .zero { signalLeftovers(program.stopSignals.last ?? SIGTERM, until: .now + patience) }
    signalLeftovers(SIGKILL, until: .now + .seconds(10))
    if let left = workers().first { throw .leftoverStays(program: program.name, processID: left) }
  }

  private func signalLeftovers(_ number: Int32, until deadline: ContinuousClock.Instant) {
    var left = workers()
    ProcessTable.signal(left, number)
    ProcessTable.signal(left, SIGCONT)
    while !left.isEmpty && ContinuousClock.now < deadline {
      usleep(2_000)
      left = workers()
    }
  }

  private func openLog() throws(EmbeddedServersError) -> Int32 {
    let log = try Disk.openFile(program.log, O_WRONLY | O_CREAT | O_APPEND)
    let sizeLimit: Int = 16 << 20
    // Nobody rotates this log; beginning anew now and then keeps it bounded.
    if lseek(log, 0, Int32(SEEK_END)) > sizeLimit { _ = ftruncate(log, 0) }
    return log
  }

  private func logTail() -> String {
    LogTail.of(Disk.readText(program.log) ?? "")
  }
}
