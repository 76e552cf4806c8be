// Why there is no report. A request that the service refuses is no error but a figure in the report.

package enum LoadError: Error, Sendable {
  case unknownHost(String)
  case refused(action: String, errno: Int32)
  /// The service closed a connection under load.
  case closed(afterAnswers: Int)
  case malformed(String)
}

extension LoadError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unknownHost(let host): "the host \(host) is not known"
    case .refused(let action, let errno): "cannot \(action): error \(errno)"
    case .closed(let answers): "the service closed a connection, after \(answers) answers on all of them"
    case .malformed(let what): "the service sent what cannot be understood: \(what)"
    }
  }
}
