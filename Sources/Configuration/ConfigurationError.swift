// What can be wrong with what was given, each case with a sentence that names the variable or flag, shows the
// value unless it is a secret, and says what is allowed.

package enum ConfigurationError: Error, Equatable, CustomStringConvertible {
  /// A required setting is unset or empty.
  case missing(String, flag: String, file: String?)
  /// The value does not fit; `shown` is nothing for a secret.
  case wrongValue(String, shown: String?, ValueRefusal, allowed: String)
  /// A secret and a file that holds it are both named: which of them counts would be a guess.
  case bothGiven(String, String)
  case unreadableFile(String, path: String, reason: String)
  case unknownFlag(String, nearest: String?)
  case repeatedFlag(String)
  case flagWithoutValue(String, allowed: String)
  /// An argument that belongs to no flag. It is not kept: it may well be a URL with a password in it.
  case unexpectedArgument

  package var description: String {
    switch self {
    case .missing(let name, let flag, let file):
      return "\(name) is required: set it, \(file.map { "or \($0), " } ?? "")or give \(flag)."
    case .wrongValue(let name, let shown, let refusal, let allowed):
      return Self.sentence(name, shown, refusal) + " It must be \(allowed)."
    case .bothGiven(let name, let fileName):
      return "\(name) and \(fileName) are both given: keep one of them."
    case .unreadableFile(let name, let path, let reason):
      return "\(name) names the file \(quoted(path)), which cannot be read: \(reason)."
    case .unknownFlag(let flag, let nearest):
      return "There is no flag \(flag)" + (nearest.map { "; did you mean \($0)?" } ?? "; --help lists all.")
    case .repeatedFlag(let flag):
      return "\(flag) is given more than once: keep one of them."
    case .flagWithoutValue(let flag, let allowed):
      return "\(flag) needs a value: \(allowed)."
    case .unexpectedArgument:
      return "There is an argument that belongs to no flag; --help lists the flags."
    }
  }

  private static func sentence(_ name: String, _ shown: String?, _ refusal: ValueRefusal) -> String {
    switch refusal {
    case .notAllowed:
      return shown.map { "\(name) is \(quoted($0))." } ?? "\(name) has a wrong value, not shown here."
    case .encryptionNotSupported:
      return "\(name) asks for TLS, which is not supported yet."
    case .controlCharacter:
      return "\(name) holds a line break or another control character."
    }
  }
}

/// All that is wrong, one sentence per line.
package struct ConfigurationErrors: Error, Equatable, CustomStringConvertible {
  package let errors: [ConfigurationError]

  package var description: String {
    errors.map(\.description).joined(separator: "\n")
  }
}

/// What is odd but stops nothing.
package enum ConfigurationWarning: Sendable, Equatable, CustomStringConvertible {
  /// Only a warning: an orchestrator may set `POINTS_...` names of its own for a service called points.
  case unknownVariable(String, nearest: String?)

  package var description: String {
    switch self {
    case .unknownVariable(let name, let nearest):
      return "\(name) is no setting and is ignored" + (nearest.map { "; did you mean \($0)?" } ?? ".")
    }
  }
}

/// Control characters are escaped and length is bounded, so that a wrong value cannot forge or flood a log.
private func quoted(_ text: String) -> String {
  text.count > 80 ? (text.prefix(80) + "...").debugDescription : text.debugDescription
}
