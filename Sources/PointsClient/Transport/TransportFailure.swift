// Why a call has no answer, and the one thing that decides what may be done about it: whether it may have
// reached the service.

struct TransportFailure: Error, Sendable, Equatable {
  enum Cause: Sendable, Equatable {
    /// No connection could be made.
    case unreachable(String)
    /// The connection ended before the answer was there.
    case lost(String)
    case timedOut
    /// What came is no answer of HTTP/1.1, or a larger one than we take.
    case malformed(String)
    case overloaded
    case cancelled
    case closed
  }

  let cause: Cause
  /// Whether bytes of the call may have left this machine.
  let mayHaveLeft: Bool
  /// The connection had served before and brought not a byte: most likely the service had closed it while it
  /// was idle, and the call met that news on its way.
  let wasStale: Bool

  init(_ cause: Cause, mayHaveLeft: Bool, wasStale: Bool = false) {
    self.cause = cause
    self.mayHaveLeft = mayHaveLeft
    self.wasStale = wasStale
  }

  static func unsent(_ cause: Cause) -> TransportFailure {
    TransportFailure(cause, mayHaveLeft: false)
  }
}
