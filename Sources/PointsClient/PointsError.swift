// What a call can end with other than its answer. The cases differ in what a caller may do next, above all in
// whether a write may have been carried out.

/// Why a call has no answer of the kind that was asked for.
public enum PointsError: Error, Sendable, Equatable {
  /// The service answered that it will not, and why.
  case refused(Problem)
  /// No connection could be made. Nothing was carried out.
  case unreachable(String)
  /// The answer to a reading did not come in time, or a write could not even be sent in time. Nothing was
  /// carried out.
  case timedOut
  /// A write was sent, and its answer was lost: it may or may not have been carried out. With a key, the same
  /// call with the same key finds out, without doing it twice; without one, look at the history.
  case outcomeUnknown(reason: String, key: IdempotencyKey?)
  /// What came back is no answer of the service: it is malformed, too large, or lacks what it must say. A
  /// write may have been carried out.
  case invalidAnswer(String)
  /// The call could not be sent as it was put. Nothing was sent.
  case invalidArgument(String)
  /// More calls wait for a connection than `ClientOptions.waitingCalls` allows. Nothing was sent.
  case overloaded
  /// The calling task was cancelled. Nothing was carried out; if something may have been, the error is
  /// `outcomeUnknown`.
  case cancelled
  /// The client was shut down. Nothing was carried out; if something may have been, the error is
  /// `outcomeUnknown`.
  case closed
}

extension PointsError: CustomStringConvertible {
  /// One sentence for a log.
  public var description: String {
    switch self {
    case .refused(let problem): "The service refused: \(problem)"
    case .unreachable(let reason): "The service cannot be reached: \(reason)."
    case .timedOut: "The service did not answer in time."
    case .outcomeUnknown(let reason, let key):
      "Whether the write was carried out is not known: \(reason)"
        + (key.map { "; repeat it with the key \($0.text) to find out." } ?? ".")
    case .invalidAnswer(let reason): "The answer cannot be used: \(reason)."
    case .invalidArgument(let sentence): sentence
    case .overloaded: "Too many calls wait for a connection."
    case .cancelled: "The task was cancelled."
    case .closed: "The client was shut down."
    }
  }
}
