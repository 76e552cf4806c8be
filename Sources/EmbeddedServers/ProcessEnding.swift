// How a process ended, in words and as a yes or no.

enum ProcessEnding: Sendable, Equatable {
  case exited(status: Int32)
  case killed(signal: Int32)

  /// Decodes what `waitpid` reports (the macros of <sys/wait.h> are not visible from Swift).
  init(waitStatus: Int32) {
    let signal = waitStatus & 0x7f
    self = signal == 0 ? .exited(status: (waitStatus >> 8) & 0xff) : .killed(signal: signal)
  }

  var isSuccess: Bool { self == .exited(status: 0) }
}

extension ProcessEnding: CustomStringConvertible {
  var description: String {
    switch self {
    case .exited(let status): "exit status \(status)"
    case .killed(let signal): "killed by signal \(signal)"
    }
  }
}
