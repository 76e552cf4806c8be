// A Redis of a test's own: a Unix socket in a short temporary directory, no port, nothing saved. It dies with
// the test process, whichever way that ends, because a shell waits beside it for the end of a pipe.
import Foundation
import Glibc
import Synchronization

/// One redis-server process that a test starts, stops and kills.
final class RedisServer: Sendable {
  private struct Running {
    var guardian: Process
    var lifeline: Pipe
    var processID: pid_t
  }

  let directory: String
  var socketPath: String { "\(directory)/r.sock" }
  var url: String { "unix://\(socketPath)" }
  private let arguments: [String]
  private let running = Mutex<Running?>(nil)

  /// Starts it; `arguments` are settings as on the command line of redis-server.
  init(_ arguments: [String] = []) throws {
    var template = Array("/tmp/points-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw CocoaError(.fileWriteUnknown) }
    directory = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    self.arguments = arguments
    try start()
  }

  deinit {
    kill()
    try? FileManager.default.removeItem(atPath: directory)
  }

  func start() throws {
    let guardian = Process()
    guardian.executableURL = URL(fileURLWithPath: "/bin/sh")
    guardian.arguments = ["-c", Self.guardianScript, "sh"] + settings + arguments
    let lifeline = Pipe()
    let output = Pipe()
    guardian.standardInput = lifeline
    guardian.standardOutput = output
    try guardian.run()
    let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    guard let processID = pid_t(line.trimmingCharacters(in: .newlines)) else {
      throw CocoaError(.executableLoad)
    }
    running.withLock {
      $0 = Running(guardian: guardian, lifeline: lifeline, processID: processID)
    }
  }

  /// Tells the server's process id, waits for the end of its own input, and sees the server end.
  private static let guardianScript = """
    redis-server "$@" </dev/null >&- 2>&- & echo $!
    cat >/dev/null; kill -9 $! 2>/dev/null; wait
    """

  private var settings: [String] {
    [
      "--port", "0", "--unixsocket", socketPath, "--dir", directory, "--save", "", "--appendonly", "no",
      "--enable-debug-command", "yes", "--logfile", "\(directory)/log",
    ]
  }

  /// As `kill -9`; returns when the process is gone.
  func kill() {
    guard let running = running.withLock({ $0.take() }) else { return }
    _ = Glibc.kill(running.processID, SIGKILL)
    try? running.lifeline.fileHandleForWriting.close()
    running.guardian.waitUntilExit()
  }

  /// As SIGSTOP: connections stay open, nothing answers.
  func pause() { signal(SIGSTOP) }
  func resume() { signal(SIGCONT) }

  private func signal(_ number: Int32) {
    guard let processID = running.withLock({ $0?.processID }) else { return }
    _ = Glibc.kill(processID, number)
  }
}
