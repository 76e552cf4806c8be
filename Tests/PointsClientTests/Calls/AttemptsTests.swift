// The rules of trying again, without a wire.
import EventLoop
import Testing

@testable import PointsClient

struct AttemptsTests {
  private let start = MonotonicInstant(nanoseconds: 0)
  private let read = Call.read(Target("/r"))
  private let keyed = Call.write(Target("/w"), [], key: "k")
  private let unkeyed = Call.write(Target("/w"), [], key: nil)

  private func decide(
    _ call: Call, _ outcomes: [Attempts.Outcome], policy: RetryPolicy = RetryPolicy(),
    now: MonotonicInstant? = nil
  ) -> [Attempts.Decision] {
    var attempts = Attempts(at: call, policy: policy, deadline: start + .seconds(10))
    return outcomes.map { attempts.decide(on: $0, now: now ?? start, chance: 0) }
  }

  private let lost = Attempts.Outcome.failed(TransportFailure(.lost("gone"), mayHaveLeft: true))
  private let late = Attempts.Outcome.failed(TransportFailure(.timedOut, mayHaveLeft: true))
  private let unreachable = Attempts.Outcome.failed(.unsent(.unreachable("down")))

  private func refusal(_ status: Int, _ code: ProblemCode, retryAfter: Duration? = nil) -> Problem {
    Problem(status: status, code: code, detail: "", retryAfter: retryAfter)
  }

  @Test func `a reading is repeated with growing pauses and then given up`() {
    let pauses: [Attempts.Decision] = [
      .repeatCall(after: .milliseconds(50)), .repeatCall(after: .milliseconds(100)),
      .fail(.unreachable("gone")),
    ]
    #expect(decide(read, [lost, lost, lost]) == pauses)
    #expect(decide(read, [lost, lost, late]).last == .fail(.timedOut))
  }

  @Test func `a pause is shortened by half at most and never grows without bound`() {
    let policy = RetryPolicy(attempts: 99, firstPause: .milliseconds(50), longestPause: .seconds(2))
    #expect(policy.pause(after: 1, chance: 1) == .milliseconds(25))
    #expect(policy.pause(after: 50, chance: 0) == .seconds(2))
  }

  @Test func `a keyed write is repeated and its outcome is open when all answers were lost`() {
    let decisions = decide(keyed, [lost, late, lost])
    #expect(decisions.prefix(2).allSatisfy { if case .repeatCall = $0 { true } else { false } })
    #expect(decisions.last == .fail(.outcomeUnknown(reason: "gone", key: "k")))
  }

  @Test func `a write without a key is never repeated once it may have left`() {
    #expect(decide(unkeyed, [lost]) == [.fail(.outcomeUnknown(reason: "gone", key: nil))])
    let stale = TransportFailure(.lost("gone"), mayHaveLeft: true, wasStale: true)
    #expect(decide(unkeyed, [.failed(stale)]) == [.fail(.outcomeUnknown(reason: "gone", key: nil))])
    let problem = refusal(503, .overloaded)
    #expect(decide(unkeyed, [.refused(problem)]) == [.fail(.refused(problem))])
  }

  @Test func `a write without a key is repeated while it has not left`() {
    #expect(
      decide(unkeyed, [unreachable, unreachable, unreachable]).last == .fail(.unreachable("down")))
  }

  @Test func `a connection that went stale costs one attempt neither time nor count`() {
    let stale = Attempts.Outcome.failed(
      TransportFailure(.lost("gone"), mayHaveLeft: true, wasStale: true))
    let decisions = decide(read, [stale, stale], policy: .never)
    #expect(decisions == [.repeatCall(after: .zero), .fail(.unreachable("gone"))])
  }

  @Test(arguments: [429, 502, 503, 504])
  func `a service that cannot now is asked again`(status: Int) {
    let problem = refusal(status, .unspecified)
    #expect(decide(read, [.refused(problem)]) == [.repeatCall(after: .milliseconds(50))])
  }

  @Test(arguments: [400, 401, 403, 404, 409, 422, 500])
  func `a service that will not is not asked again`(status: Int) {
    let problem = refusal(status, .unspecified)
    #expect(decide(read, [.refused(problem)]) == [.fail(.refused(problem))])
  }

  @Test func `a wish to be left alone is honoured or there is no further attempt`() {
    let patient = refusal(503, .overloaded, retryAfter: .seconds(3))
    #expect(decide(read, [.refused(patient)]) == [.repeatCall(after: .seconds(3))])
    let late = decide(read, [.refused(patient)], now: start + .seconds(7))
    #expect(late == [.fail(.refused(patient))])
  }

  @Test func `a verdict settles what was open and anything less does not`() {
    let verdict = refusal(409, .insufficientBalance)
    #expect(decide(keyed, [lost, .refused(verdict)]).last == .fail(.refused(verdict)))
    for problem in [refusal(409, .requestInFlight), refusal(401, .unauthorized), refusal(503, .overloaded)] {
      let last = decide(keyed, [lost, lost, .refused(problem)]).last
      guard case .fail(.outcomeUnknown(_, key: "k")) = last else {
        Issue.record("\(problem) settled it: \(String(describing: last))")
        continue
      }
    }
  }

  @Test func `a write of which the service lost sight is not called unsent`() {
    let problem = Attempts.Outcome.refused(refusal(503, .databaseUnavailable))
    let last = decide(keyed, [problem, problem, unreachable]).last
    #expect(last == .fail(.outcomeUnknown(reason: "down", key: "k")))
    let overloaded = Attempts.Outcome.refused(refusal(503, .overloaded))
    #expect(decide(keyed, [overloaded, overloaded, unreachable]).last == .fail(.unreachable("down")))
  }

  @Test(arguments: [TransportFailure.Cause.overloaded, .cancelled, .closed, .malformed("odd")])
  func `what no repeat can heal is told at once`(cause: TransportFailure.Cause) {
    let decisions = decide(read, [.failed(.unsent(cause))])
    guard case .fail = decisions[0] else {
      Issue.record("repeated")
      return
    }
  }
}
