// points configuration: the table of settings, for people and for docs/configuration.md.
import Configuration

enum ConfigurationCommand {
  static func run(_ arguments: [String]) -> ExitStatus {
    switch arguments {
    case []:
      Terminal.say(ConfigurationTable.helpText)
      return .success
    case ["--markdown"]:
      print(ConfigurationTable.markdown, terminator: "")
      return .success
    case ["--variables"]:
      for variable in ConfigurationTable.variables { Terminal.say(variable) }
      return .success
    default:
      Terminal.complain("points configuration: the only flags are --markdown and --variables")
      return .usage
    }
  }
}
