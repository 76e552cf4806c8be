// What a process does in its stores, step by step, as its proxies see it; and the one step at which it is to
// be stopped. A step is told from others by what was done before it in the same transaction, so a COMMIT is
// the COMMIT of something.
import Synchronization
import TestSupport

/// Something that a process does in a store.
struct Step: Sendable, Hashable, CustomStringConvertible {
  /// All that was done in the transaction up to here.
  let trail: [String]
  /// How often the same had been done before.
  var count = 0

  var description: String { trail.joined(separator: ", ") + (count == 0 ? "" : " (again, \(count))") }
}

/// Where a process is stopped: before the store learns of the step, or before the process learns that it is
/// done.
struct Halt: Sendable, Hashable, CustomStringConvertible {
  let step: Step
  let isDone: Bool

  var description: String { (isDone ? "after " : "before ") + step.description }
}

/// Of one process; asked by the threads of its proxies.
final class StepWatch: Sendable {
  /// What becomes of a request.
  enum Verdict {
    case pass, hold, holdReply
  }

  private struct State {
    /// In order; and those that end a unit, whose answers are waited for.
    var met: [Step] = []
    var ends: Set<Step> = []
    var counts: [[String]: Int] = [:]
    var halt: Halt?
    var isHalted = false
  }

  private let state = Mutex(State())

  /// From now on counts begin anew; stops at the step, once, if one is given.
  func begin(haltingAt halt: Halt? = nil) {
    state.withLock { $0 = State(halt: halt) }
  }

  func haltIsReached(within limit: Duration) -> Bool {
    Eventually.holds(within: limit) { state.withLock { $0.isHalted } }
  }

  /// All that was done since it began.
  var steps: [Step] { state.withLock { $0.met } }

  /// Where the process could be stopped on the way through these steps.
  func halts(among steps: [Step]) -> [Halt] {
    let ends = state.withLock { $0.ends }
    return steps.flatMap { step in
      [Halt(step: step, isDone: false)] + (ends.contains(step) ? [Halt(step: step, isDone: true)] : [])
    }
  }

  // MARK: For proxies

  func meet(_ trail: [String]) -> (step: Step, verdict: Verdict) {
    state.withLock { state in
      let step = Step(trail: trail, count: state.counts[trail, default: 0])
      state.counts[trail] = step.count + 1
      state.met.append(step)
      guard let halt = state.halt, halt.step == step else { return (step, .pass) }
      state.halt = nil
      if halt.isDone { return (step, .holdReply) }
      state.isHalted = true
      return (step, .hold)
    }
  }

  func endUnit(with step: Step) {
    state.withLock { _ = $0.ends.insert(step) }
  }

  /// The answer has come, and is not passed on.
  func replyIsHeld() {
    state.withLock { $0.isHalted = true }
  }
}
