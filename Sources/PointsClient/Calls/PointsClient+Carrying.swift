// How every call is carried: checked, sent, sent again where that is safe, and its answer read.
private import EventLoop

extension PointsClient {
  /// The answer to a call, once it is one: refusals are errors.
  func answer(to call: Call) async throws(PointsError) -> Answer {
    if let key = call.key, !key.isWellFormed { throw Self.badKey }
    let deadline = transport.now + options.callTimeout
    var attempts = Attempts(at: call, policy: options.retry, deadline: deadline)
    var pause = Duration.zero
    while true {
      let outcome = await outcome(of: call, after: pause, until: deadline)
      switch attempts.decide(on: outcome, now: transport.now, chance: .random(in: 0...1)) {
      case .deliver(let answer): return answer
      case .fail(let error): throw error
      case .repeatCall(let next): pause = next
      }
    }
  }

  private func outcome(
    of call: Call, after pause: Duration, until deadline: MonotonicInstant
  ) async -> Attempts.Outcome {
    do throws(TransportFailure) {
      let answer = try await transport.exchange(call, after: pause, until: deadline)
      return (200..<300).contains(answer.status) ? .answered(answer) : .refused(Problem(answer))
    } catch {
      return .failed(error)
    }
  }

  /// The value that the answer's body is read into.
  func value<Value>(
    of call: Call, _ read: (Fields, Answer) throws(MalformedAnswer) -> Value
  ) async throws(PointsError) -> Value {
    let answer = try await answer(to: call)
    do throws(MalformedAnswer) {
      return try read(Fields(parsing: answer.body), answer)
    } catch {
      throw .invalidAnswer(error.phrase)
    }
  }

  func value<Value: AnswerValue>(of call: Call) async throws(PointsError) -> Value {
    try await value(of: call) { fields, _ throws(MalformedAnswer) in try Value(fields) }
  }

  static var badKey: PointsError {
    .invalidArgument("An idempotency key has 1 to 255 visible ASCII characters.")
  }
}
