// The reasons for having no answer. Each says whether the command may have had its effect, and has a sentence
// for the log.

/// Why Redis did not answer.
package enum RedisUnavailable: Error, Sendable, Equatable, CustomStringConvertible {
  /// No connection stands; the command was not sent.
  case notConnected
  /// Redis has been silent; until a probe succeeds no command is sent.
  case circuitOpen
  /// Too many commands wait for their answer, or too many bytes to be sent; this one was not sent.
  case overloaded
  /// The client is closing; the command was not sent.
  case closed
  /// Sent, but no answer came in time. It may have run or may still run.
  case timedOut
  /// Sent, but the connection ended before the answer came. It may have run.
  case connectionLost
  /// Redis answered that it cannot serve the command now.
  case refused(RedisServerError)

  package var description: String {
    switch self {
    case .notConnected: "Redis is not connected"
    case .circuitOpen: "Redis does not answer; commands are held back until it does"
    case .overloaded: "too many Redis commands are in flight"
    case .closed: "the Redis client is closed"
    case .timedOut: "Redis did not answer in time"
    case .connectionLost: "the connection to Redis ended before the answer came"
    case .refused(let error): "Redis cannot serve this now: \(error)"
    }
  }
}
