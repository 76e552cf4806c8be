// Why private servers could not be started or stopped. Each case tells the person at the terminal what to do.

/// What can go wrong with the private Postgres and Redis.
package enum EmbeddedServersError: Error, Equatable, Sendable {
  /// No directory we looked in holds the program.
  case missingProgram(name: String, package: String)
  case tooOld(program: String, found: String, needed: Int, package: String)
  /// Another process holds the servers of this directory; its
  /// id is absent in the instant before it wrote it down.
  case alreadyRunning(directory: String, processID: Int?)
  /// The data were written by a major version of Postgres that is not installed.
  case dataNeedVersion(major: Int, directory: String)
  case exitedEarly(program: String, ending: String, logTail: String)
  case notReadyInTime(program: String, logTail: String)
  /// A process of an earlier run still works on the data and did not go away.
  case leftoverStays(program: String, processID: Int)
  case fileSystem(action: String, path: String, errno: Int32)
  case processLimit(action: String, errno: Int32)
  case alreadyStarted(program: String)
  case noFreePort
}

extension EmbeddedServersError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missingProgram(let name, let package):
      "\(name) is not installed: install the Debian package \(package)"
    case .tooOld(let program, let found, let needed, let package):
      "\(program) \(found) is too old: at least version \(needed) is needed (Debian package \(package))"
    case .alreadyRunning(let directory, let processID):
      "already running (pid \(processID.map(String.init) ?? "unknown")) on the data in \(directory)"
    case .dataNeedVersion(let major, let directory):
      "the data in \(directory) were written by Postgres \(major), which is not installed: install the "
        + "Debian package postgresql-\(major), or throw the data away with make clean-data"
    case .exitedEarly(let program, let ending, let logTail):
      "\(program) ended while starting (\(ending)); its last words:\n\(logTail)"
    case .notReadyInTime(let program, let logTail):
      "\(program) was not ready in time; its last words:\n\(logTail)"
    case .leftoverStays(let program, let processID):
      "\(program) of an earlier run (pid \(processID)) still works on the data and cannot be ended"
    case .fileSystem(let action, let path, let errno):
      "cannot \(action) \(path): \(SystemError.sentence(errno))"
    case .processLimit(let action, let errno):
      "cannot \(action): \(SystemError.sentence(errno))"
    case .alreadyStarted(let program):
      "\(program) is running already; stop it before it is started again"
    case .noFreePort:
      "no free port was found on 127.0.0.1"
    }
  }
}
