// points boards: the boards that a file lists.
import API
import Configuration
import EventLoop
import Service

enum BoardsCommand {
  private static let usage = """
    usage: points boards apply FILE [FLAGS]

      apply  sees to it that there are the boards that FILE lists, as {"boards": [...]}; each is written as in
             POST /points/boards. What is missing is defined, and where only displayName or description differ
             they are changed. Boards that are not listed stay. If a board of the list differs in what never
             changes, that is told, and nothing is done.

    Exit status: 0 the boards are as FILE says; 1 they could not be read or changed; 2 FILE cannot be
    followed, and nothing was done.

    Takes POINTS_DATABASE_URL and POINTS_CATEGORIES, or the flags of points serve.
    """

  static func run(_ arguments: [String]) -> ExitStatus {
    if ConfigurationTable.asksForHelp(arguments) {
      Terminal.say(usage)
      return .success
    }
    let (list, settings): (BoardList, [String])
    do throws(OwnArguments.Mistake) {
      (list, settings) = try request(arguments)
    } catch {
      Terminal.complain("points boards: \(error.sentence)")
      return .usage
    }
    return PlannedCommand.run("boards", settings: settings) { plan, loop in
      await carryOut(BoardConsole(plan), list, on: loop)
    }
  }

  private static func request(
    _ arguments: [String]
  ) throws(OwnArguments.Mistake) -> (BoardList, [String]) {
    let given = try OwnArguments(arguments, flags: [], switches: [])
    guard given.words.count == 2, given.words[0] == "apply" else {
      throw OwnArguments.Mistake(sentence: "apply and a file are what it takes; --help tells more")
    }
    let text: String
    do throws(UnreadableFile) {
      text = try SecretFile.read(given.words[1])
    } catch {
      throw OwnArguments.Mistake(sentence: "\(given.words[1]) cannot be read: \(error.reason)")
    }
    do throws(BoardList.Mistake) {
      return (try BoardList(bytes: Array(text.utf8)), given.settings)
    } catch {
      throw OwnArguments.Mistake(sentence: "\(given.words[1]): \(error.sentence)")
    }
  }

  private static func carryOut(
    _ console: BoardConsole, _ list: BoardList, on loop: EventLoop
  ) async -> ExitStatus {
    let outcomes: [BoardConsole.Outcome]
    do throws(BoardConsole.Failure) {
      outcomes = try await console.apply(list, on: loop)
    } catch {
      Terminal.complain("points boards: \(error)")
      return .failure
    }
    var status = ExitStatus.success
    for (draft, outcome) in zip(list.drafts, outcomes) {
      switch outcome {
      case .created: Terminal.say("\(draft.name): defined")
      case .renamed: Terminal.say("\(draft.name): renamed")
      case .same: Terminal.say("\(draft.name): as it is to be")
      case .impossible(let why):
        Terminal.complain("\(draft.name): \(why)")
        status = .someRefused
      }
    }
    return status
  }
}
