// points jobs: what the service does by itself, and a run of it now.
import Configuration
import EventLoop
import LedgerStore
import Service

enum JobsCommand {
  private static let usage = """
    usage: points jobs [list] [FLAGS]
           points jobs run NAME [FLAGS]

      list   every job: its schedule, when its last run ended and how, and when it is due next
      run    asks for a run now, shows how far it is, and tells what came of it; a service does it, so one
             must be running

    Exit status of run: 0 it ended well; 1 it failed, or nobody took it up.

    Takes POINTS_DATABASE_URL, or the flags of points serve.
    """

  static func run(_ arguments: [String]) -> ExitStatus {
    if ConfigurationTable.asksForHelp(arguments) {
      Terminal.say(usage)
      return .success
    }
    let given: OwnArguments
    do throws(OwnArguments.Mistake) {
      given = try OwnArguments(arguments, flags: [], switches: [])
    } catch {
      Terminal.complain("points jobs: \(error.sentence)")
      return .usage
    }
    let name: String?
    switch given.words {
    case [], ["list"]: name = nil
    case let words where words.count == 2 && words[0] == "run": name = words[1]
    case _:
      Terminal.complain(usage)
      return .usage
    }
    return PlannedCommand.run("jobs", settings: given.settings) { plan, loop in
      await carryOut(JobConsole(plan), name, on: loop)
    }
  }

  private static func carryOut(
    _ console: JobConsole, _ name: String?, on loop: EventLoop
  ) async -> ExitStatus {
    let bar = ProgressBar()
    do throws(JobConsole.Failure) {
      guard let name else {
        for line in JobsTable.lines(of: try await console.list(on: loop)) { Terminal.say(line) }
        return .success
      }
      let last = try await console.run(name, on: loop) { bar.show(name, done: $0.done, total: $0.total) }
      bar.end()
      Terminal.say("\(name): \(JobsTable.outcome(last.report)) (\(JobsTable.took(last.seconds)))")
      return last.report.error == nil ? .success : .failure
    } catch {
      bar.end()
      Terminal.complain("points jobs: \(error)")
      return .failure
    }
  }
}
