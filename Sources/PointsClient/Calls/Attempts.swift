// Decides after each attempt whether its outcome is the call's, or the call is tried again. Pure: it knows
// neither sockets nor clocks, so every rule is tested by itself.
//
// What the rules guard against: a write done twice (only repeatable calls are sent again once they may have
// left), a service drowned in repeats (few attempts, growing pauses), and a caller told that a write failed
// which the service carried out (an open earlier attempt makes the outcome unknown, until a verdict comes).
import EventLoop

struct Attempts {
  enum Outcome {
    case answered(Answer)
    case refused(Problem)
    case failed(TransportFailure)
  }

  enum Decision: Equatable {
    case deliver(Answer)
    case fail(PointsError)
    case repeatCall(after: Duration)
  }

  private let call: Call
  private let policy: RetryPolicy
  private let deadline: MonotonicInstant
  private var made = 0
  private var hadStaleConnection = false
  /// The answer to an attempt was lost.
  private var wasLost = false
  /// An attempt may have been carried out, whether its answer was lost or says that the service cannot tell.
  private var isOpen = false

  init(at call: Call, policy: RetryPolicy, deadline: MonotonicInstant) {
    self.call = call
    self.policy = policy
    self.deadline = deadline
  }

  /// `chance` is random, from 0 to 1.
  mutating func decide(on outcome: Outcome, now: MonotonicInstant, chance: Double) -> Decision {
    made += 1
    switch outcome {
    case .answered(let answer):
      return .deliver(answer)
    case .refused(let problem):
      isOpen = isOpen || problem.leavesOutcomeOpen
      guard call.isRepeatable, Self.mayHeal(problem),
        let pause = pause(now, chance, atLeast: problem.retryAfter)
      else {
        return .fail(error(of: problem))
      }
      return .repeatCall(after: pause)
    case .failed(let failure):
      return decide(on: failure, now: now, chance: chance)
    }
  }

  private mutating func decide(
    on failure: TransportFailure, now: MonotonicInstant, chance: Double
  ) -> Decision {
    wasLost = wasLost || failure.mayHaveLeft
    isOpen = isOpen || failure.mayHaveLeft
    let isHarmless = call.isRepeatable || !failure.mayHaveLeft
    if failure.wasStale, isHarmless, !hadStaleConnection {
      // The service closed an idle connection, which says nothing about how it fares.
      hadStaleConnection = true
      made -= 1
      return .repeatCall(after: .zero)
    }
    guard isHarmless, Self.mayHeal(failure.cause), let pause = pause(now, chance, atLeast: nil) else {
      return .fail(error(of: failure))
    }
    return .repeatCall(after: pause)
  }

  /// How long to wait before the next attempt; nil if there is none, or no time for one.
  private func pause(_ now: MonotonicInstant, _ chance: Double, atLeast least: Duration?) -> Duration? {
    guard made < policy.attempts else { return nil }
    let pause = max(policy.pause(after: made, chance: chance), least ?? .zero)
    return now + pause < deadline ? pause : nil
  }

  /// The service, or a gateway before it, is not up to it now but may be soon.
  private static func mayHeal(_ problem: Problem) -> Bool {
    switch problem.status {
    case 429, 502, 503, 504: true
    default: problem.code == .requestInFlight
    }
  }

  private static func mayHeal(_ cause: TransportFailure.Cause) -> Bool {
    switch cause {
    case .unreachable, .lost, .timedOut: true
    case .malformed, .overloaded, .cancelled, .closed: false
    }
  }

  // MARK: What the caller is told

  private func error(of problem: Problem) -> PointsError {
    guard call.isWrite, wasLost, !problem.isVerdict else { return .refused(problem) }
    return .outcomeUnknown(
      reason: "an answer was lost, and then the service said \(problem)", key: call.key)
  }

  private func error(of failure: TransportFailure) -> PointsError {
    if case .malformed(let phrase) = failure.cause { return .invalidAnswer(phrase) }
    if call.isWrite, isOpen { return .outcomeUnknown(reason: failure.cause.phrase, key: call.key) }
    switch failure.cause {
    case .unreachable(let reason), .lost(let reason), .malformed(let reason): return .unreachable(reason)
    case .timedOut: return .timedOut
    case .overloaded: return .overloaded
    case .cancelled: return .cancelled
    case .closed: return .closed
    }
  }
}

extension TransportFailure.Cause {
  fileprivate var phrase: String {
    switch self {
    case .unreachable(let reason), .lost(let reason), .malformed(let reason): reason
    case .timedOut: "the answer did not come in time"
    case .overloaded: "too many calls wait for a connection"
    case .cancelled: "the task was cancelled"
    case .closed: "the client was shut down"
    }
  }
}
