// The frame of a command that posts: help, its arguments, the settings, and a loop to work on.
import Configuration
import EventLoop
import Service

/// What somebody asks of such a command.
protocol PostingRequest: Sendable {
  /// The flags that are those of `points serve`.
  var settings: [String] { get }

  init(_ arguments: [String]) throws(OwnArguments.Mistake)
}

enum PostingCommand {
  static func run<Request: PostingRequest>(
    _ name: String, usage: String, _ arguments: [String],
    carryingOut carryOut: @escaping @Sendable (Request, ServicePlan, EventLoop) async -> ExitStatus
  ) -> ExitStatus {
    if ConfigurationTable.asksForHelp(arguments) {
      Terminal.say(usage)
      return .success
    }
    let request: Request
    do throws(OwnArguments.Mistake) {
      request = try Request(arguments)
    } catch {
      Terminal.complain("points \(name): \(error.sentence)")
      return .usage
    }
    let log = LineWriter(descriptor: 2)
    defer { log.close() }
    guard let plan = LedgerSettings.plan(request.settings, log: log) else { return .usage }
    return OwnerSession.run { loop in await carryOut(request, plan, loop) }
  }
}
