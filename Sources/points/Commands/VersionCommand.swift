// points version.
import API

enum VersionCommand {
  static func run(_ arguments: [String]) -> ExitStatus {
    Terminal.say("points \(Release.current.version)")
    return .success
  }
}
