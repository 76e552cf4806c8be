// Why there are no figures. A missed bar is not an error but a result: it stands in the table.
package import EmbeddedServers

package enum BenchmarkError: Error, Sendable {
  case usage(String)
  /// Without its yardstick a ratio cannot be taken, and a bench that skipped it would pass unseen.
  case missingTool(name: String, package: String)
  case servers(EmbeddedServersError)
  case cannotStart(program: String, errno: Int32)
  case ended(program: String, lastWords: String)
  case notReady(program: String, lastWords: String)
  case unexpectedAnswer(from: String, String)
  case unreadable(what: String, text: String)
  /// The kernel refused something we need, such as ten thousand descriptors.
  case refused(action: String, errno: Int32)
  case tooFewDescriptors(needed: Int, allowed: Int)
  /// Figures of a Postgres that may lose what it committed are no figures.
  case notDurable(String)
  /// Ctrl-C or SIGTERM.
  case interrupted
}

extension BenchmarkError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .usage(let sentence): sentence
    case .missingTool(let name, let package):
      "\(name) is not installed, and the bench skips nothing: install the Debian package \(package)"
    case .servers(let error): error.description
    case .cannotStart(let program, let errno): "cannot start \(program): error \(errno)"
    case .ended(let program, let lastWords): "\(program) ended too early; its last words:\n\(lastWords)"
    case .notReady(let program, let lastWords):
      "\(program) was not ready in time; its last words:\n\(lastWords)"
    case .unexpectedAnswer(let program, let answer): "\(program) gave an unexpected answer: \(answer)"
    case .unreadable(let what, let text): "\(what) cannot be understood:\n\(text)"
    case .refused(let action, let errno): "cannot \(action): error \(errno)"
    case .tooFewDescriptors(let needed, let allowed):
      "the bench needs \(needed) open descriptors and may have \(allowed): raise the hard limit (ulimit -Hn)"
    case .notDurable(let settings): "Postgres may lose what it committed (\(settings)): nothing is measured"
    case .interrupted: "interrupted"
    }
  }
}
