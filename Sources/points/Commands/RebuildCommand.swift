// points rebuild: builds the mirrors in Redis anew from the ledger, while services run.
import Configuration
import EventLoop
import Service

enum RebuildCommand {
  private static let usage = """
    usage: points rebuild [--type NAME]... [FLAGS]

    Builds balances and boards of the point types named, or of all, from the ledger, beside those that are
    served, and puts them in their place at once. Services go on meanwhile. A Redis that was emptied or came
    back with older data is rebuilt by the service itself; this is for when one wants to be sure.

    Takes POINTS_DATABASE_URL and POINTS_REDIS_URL, or the flags of points serve.
    """

  static func run(_ arguments: [String]) -> ExitStatus {
    if ConfigurationTable.asksForHelp(arguments) {
      Terminal.say(usage)
      return .success
    }
    guard let (types, settings) = split(arguments) else {
      Terminal.complain("points rebuild: --type needs a name")
      return .usage
    }
    return PlannedCommand.run("rebuild", settings: settings) { plan, loop in
      await carryOut(MirrorRebuild(plan), types, on: loop)
    }
  }

  private static func carryOut(
    _ rebuild: MirrorRebuild, _ types: [String], on loop: EventLoop
  ) async -> ExitStatus {
    let bar = ProgressBar()
    do throws(MirrorRebuild.Failure) {
      let rebuilt = try await rebuild.run(types: types, on: loop) { bar.show($0, done: $1, total: $2) }
      bar.end()
      Terminal.say("rebuilt \(rebuilt.joined(separator: ", "))")
      return .success
    } catch {
      bar.end()
      Terminal.complain("points rebuild: \(error)")
      return .failure
    }
  }

  /// The types named, and the rest.
  private static func split(_ arguments: [String]) -> (types: [String], settings: [String])? {
    var types: [String] = []
    var settings: [String] = []
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--type" {
        guard let name = rest.popFirst() else { return nil }
        types.append(name)
      } else if argument.hasPrefix("--type=") {
        types.append(String(argument.dropFirst("--type=".count)))
      } else {
        settings.append(argument)
      }
    }
    return (types, settings)
  }
}
