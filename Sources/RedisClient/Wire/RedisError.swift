// What can be wrong with an address or with the bytes of a peer. Everything that happens to a command is a
// `RedisResult` and not thrown.

/// The errors this target throws.
package enum RedisError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The address cannot be used; the sentence says why and never repeats a password.
  case invalidAddress(String)
  /// The peer's bytes are not RESP2.
  case protocolViolation(String)
  /// A reply grew past a limit of `ReplyLimits`.
  case replyTooLarge(String)

  package var description: String {
    switch self {
    case .invalidAddress(let sentence): sentence
    case .protocolViolation(let detail): "the server does not speak Redis' protocol: \(detail)"
    case .replyTooLarge(let detail): "a reply is too large: \(detail)"
    }
  }
}
