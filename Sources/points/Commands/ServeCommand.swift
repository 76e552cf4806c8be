// points serve: the service against the stores it is told of.
import Configuration
import Service

enum ServeCommand {
  static func run(_ arguments: [String]) -> ExitStatus {
    if ConfigurationTable.asksForHelp(arguments) {
      Terminal.say(ConfigurationTable.helpText)
      return .success
    }
    guard let configuration = Settings.read(arguments, environment: Settings.environment) else {
      return .usage
    }
    for line in configuration.describe() { Terminal.complain(line) }
    return ServiceRun.run(configuration) { service, _ in
      Terminal.complain("points: listening on http://\(service.address)")
    }
  }
}
