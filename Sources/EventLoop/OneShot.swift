// The bridge from callbacks to tasks: something on this loop will have a value, and one task waits for it.

/// A value that arrives once. Used on one loop only; the first value counts, later ones are ignored, because
/// a deadline and the answer it guards may both come.
@usableFromInline
package final class OneShot<Value: Sendable>: @unchecked Sendable {
  @usableFromInline @safe enum State {
    case pending
    case waiting(UnsafeContinuation<Value, Never>)
    case fulfilled(Value)
    case taken
  }

  @usableFromInline var state = State.pending

  @inlinable
  package init() {}

  @inlinable
  package func fulfil(_ value: Value) {
    switch state {
    case .pending:
      state = .fulfilled(value)
    case .waiting(let continuation):
      state = .taken
      unsafe continuation.resume(returning: value)
    case .fulfilled, .taken:
      break
    }
  }

  /// Waits for the value; one task may ask, once.
  @inlinable
  package func value() async -> Value {
    if case .fulfilled(let value) = state {
      state = .taken
      return value
    }
    return await unsafe withUnsafeContinuation { continuation in
      guard case .pending = state else { preconditionFailure("Two tasks waited for one value.") }
      state = unsafe .waiting(continuation)
    }
  }
}
