// An answer of a mirror says how far the mirror was when it gave it.

/// What a mirror says, or why it cannot be asked.
package enum MirrorAnswer<Value> {
  case value(Value, position: Int64)
  case unavailable(MirrorUnavailable)

  package func map<Other>(_ transform: (Value) -> Other) -> MirrorAnswer<Other> {
    switch self {
    case .value(let value, let position): .value(transform(value), position: position)
    case .unavailable(let reason): .unavailable(reason)
    }
  }
}

extension MirrorAnswer: Sendable where Value: Sendable {}
extension MirrorAnswer: Equatable where Value: Equatable {}
