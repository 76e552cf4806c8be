// What became of a command. An error is never an absent value: whoever reads a cache must know whether the
// cache said "there is none" or said nothing.

/// The outcome of one command.
package enum RedisResult<Value> {
  case value(Value)
  /// Redis answered that there is no such value.
  case absent
  /// Redis gave no answer that can be relied on; the reason
  /// tells whether the command may have run all the same.
  case unavailable(RedisUnavailable)
  /// Redis refused the command as such; the same command would fail again.
  case failed(RedisServerError)

  /// The same outcome with another value.
  package func map<Other>(_ transform: (Value) -> Other) -> RedisResult<Other> {
    switch self {
    case .value(let value): .value(transform(value))
    case .absent: .absent
    case .unavailable(let reason): .unavailable(reason)
    case .failed(let error): .failed(error)
    }
  }
}

extension RedisResult: Sendable where Value: Sendable {}
extension RedisResult: Equatable where Value: Equatable {}

/// The outcome of a command whose reply is not interpreted further; its value is never `.null` or `.error`,
/// though an array can contain both.
package typealias RedisReply = RedisResult<RedisValue>

extension RedisResult<RedisValue> {
  /// Sorts a reply of the server into the four outcomes.
  @inline(__always)
  init(reply value: RedisValue) {
    switch value {
    case .error(let error):
      self = error.meansUnavailable ? .unavailable(.refused(error)) : .failed(error)
    case .null: self = .absent
    case .integer, .bulk, .status, .array: self = .value(value)
    }
  }

  /// The reply as a typed value; `decode` answers nil for a kind of reply that the command never gives.
  @inline(__always)
  func decoded<Typed>(_ decode: (RedisValue) -> Typed?) -> RedisResult<Typed> {
    switch self {
    case .value(let value):
      guard let typed = decode(value) else {
        return .failed(RedisServerError(text: "ERR unexpected kind of reply"))
      }
      return .value(typed)
    case .absent: return .absent
    case .unavailable(let reason): return .unavailable(reason)
    case .failed(let error): return .failed(error)
    }
  }
}
