// The one executable. `main` is synchronous: the main thread becomes the control loop of whatever command
// runs, and it lives as long as the process, which the embedded servers rely on.
import Glibc

@main
enum Points {
  static func main() {
    // A client that hangs up while we write to it must be an error code, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    hearSignals()
    let status = run(Array(CommandLine.arguments.dropFirst()))
    // Not `exit`: it would wait for libuv's threads, of which one may be stuck in a look-up of a name.
    fflush(nil)
    _exit(status.rawValue)
  }

  /// Blocked signals are inherited, and some parents start us from a thread that blocks them all: SIGTERM
  /// would then wait for ever.
  private static func hearSignals() {
    var none = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigprocmask(SIG_SETMASK, &none, nil)
  }

  private static func run(_ arguments: [String]) -> ExitStatus {
    let rest = Array(arguments.dropFirst())
    switch arguments.first {
    case "serve": return ServeCommand.run(rest)
    case "dev": return DevCommand.run(rest)
    case "bench": return BenchCommand.run(rest)
    case "load": return LoadCommand.run(rest)
    case "migrate": return MigrateCommand.run(rest)
    case "keys": return KeysCommand.run(rest)
    case "jobs": return JobsCommand.run(rest)
    case "boards": return BoardsCommand.run(rest)
    case "rebuild": return RebuildCommand.run(rest)
    case "import": return ImportCommand.run(rest)
    case "seed": return SeedCommand.run(rest)
    case "verify": return VerifyCommand.run(rest)
    case "report-key": return ReportKeyCommand.run(rest)
    case "verify-report": return VerifyReportCommand.run(rest)
    case "health": return HealthCommand.run(rest)
    case "configuration": return ConfigurationCommand.run(rest)
    case "version", "--version": return VersionCommand.run(rest)
    case "help", "--help", "-h": return HelpCommand.run()
    case nil:
      HelpCommand.run()
      return .usage
    case .some(let unknown):
      Terminal.complain("points: there is no command \(unknown); points help lists them")
      return .usage
    }
  }
}

/// How a command ended, as the shell sees it.
struct ExitStatus: Equatable, Sendable {
  let rawValue: Int32

  static let success = ExitStatus(rawValue: 0)
  static let failure = ExitStatus(rawValue: 1)
  /// Wrong arguments or settings: trying again changes nothing.
  static let usage = ExitStatus(rawValue: 2)
  /// Done, but for some parts that were refused: trying again changes nothing here either.
  static let someRefused = ExitStatus.usage
}
