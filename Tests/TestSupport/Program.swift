// The real binary as a child process, driven as a person or an orchestrator would: arguments, environment,
// signals, exit status, and what it writes.
package import Foundation

/// How a program ended.
package enum Ending: Equatable {
  case exited(Int32)
  case killed(Int32)
  case stillRunning
}

/// One run of `points`. It is killed when the last reference goes, so that a failed test leaves nothing
/// behind.
package final class Program {
  package let id: pid_t
  private let directory: String
  private var ending = Ending.stillRunning

  /// Beside the binary of the tests.
  package static let path: String = {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
    return URL(filePath: own).deletingLastPathComponent().appending(path: "points").path
  }()

  /// `input` is a file or a pipe with a name.
  package init(
    _ arguments: [String], environment: [String: String] = [:], workingDirectory: String = "/",
    input: String = "/dev/null"
  ) throws {
    directory = try Self.makeDirectory()
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
    for (descriptor, name) in [(1, "out"), (2, "err")] as [(Int32, String)] {
      unsafe posix_spawn_file_actions_addopen(
        &actions, descriptor, "\(directory)/\(name)", O_WRONLY | O_CREAT | O_APPEND, 0o600)
    }
    // The worst of parents: it blocks every signal, and blocked they are inherited.
    var attributes = posix_spawnattr_t()
    var all = sigset_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &all)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
    var variables = ["PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent"]
    variables.merge(environment) { $1 }
    // It becomes the program itself, in the directory named, under the same process id.
    let commandLine = ["env", "--chdir=\(workingDirectory)", Self.path] + arguments
    var id: pid_t = 0
    let status = unsafe Self.withCStrings(commandLine) { arguments in
      unsafe Self.withCStrings(variables.map { "\($0.key)=\($0.value)" }) { environment in
        unsafe posix_spawn(&id, "/usr/bin/env", &actions, &attributes, arguments, environment)
      }
    }
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .ENOENT) }
    self.id = id
  }

  deinit {
    if end(within: .zero) == .stillRunning {
      signal(SIGKILL)
      _ = end(within: .seconds(30))
    }
    try? FileManager.default.removeItem(atPath: directory)
  }

  /// Runs it to its end.
  package static func run(
    _ arguments: [String], environment: [String: String] = [:], workingDirectory: String = "/"
  ) throws -> (ending: Ending, output: String, complaints: String) {
    let program = try Program(arguments, environment: environment, workingDirectory: workingDirectory)
    let ending = program.end(within: .seconds(30))
    return (ending, program.output, program.complaints)
  }

  package var output: String { read("out") }
  package var complaints: String { read("err") }

  package func signal(_ number: Int32) {
    if ending == .stillRunning { kill(id, number) }
  }

  /// Waits for its end.
  package func end(within limit: Duration) -> Ending {
    _ = Eventually.holds(within: limit) { hasEnded() }
    return ending
  }

  private func hasEnded() -> Bool {
    guard ending == .stillRunning else { return true }
    var status: Int32 = 0
    guard unsafe waitpid(id, &status, WNOHANG) == id else { return false }
    ending = status & 0x7F == 0 ? .exited((status >> 8) & 0xFF) : .killed(status & 0x7F)
    return true
  }

  private static func makeDirectory() throws -> String {
    let path = "/tmp/points-program-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    return path
  }

  private func read(_ name: String) -> String {
    (try? String(contentsOfFile: "\(directory)/\(name)", encoding: .utf8)) ?? ""
  }

  private static func withCStrings<Outcome>(
    _ strings: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Outcome
  ) -> Outcome {
    var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
    defer { unsafe pointers.forEach { unsafe free($0) } }
    return unsafe pointers.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { preconditionFailure("There is at least the end.") }
      return unsafe body(base)
    }
  }
}
