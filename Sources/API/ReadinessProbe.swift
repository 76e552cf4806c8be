// One store's sign of life, asked for by `/ready`. Whoever asks is a machine that waits a second or two and
// draws its conclusion from silence, so the answer comes in time even when the store's does not.
package import EventLoop

/// Asks one store, at most one question at a time, however many callers want to know. Loop thread only.
package final class ReadinessProbe: @unchecked Sendable {
  package enum Outcome: Sendable {
    case ready
    /// One sentence for the person who reads `/ready`; no secret in it.
    case failing(String)
  }

  let name: StaticString
  private let loop: EventLoop
  private let question: @Sendable () async -> Outcome
  /// Those who wait for the question under way.
  private var waiting: [OneShot<Outcome>] = []
  private var isAsking = false

  private static let patience = Duration.seconds(1)

  package init(
    _ name: StaticString, on loop: EventLoop, asking question: @escaping @Sendable () async -> Outcome
  ) {
    self.name = name
    self.loop = loop
    self.question = question
  }

  /// Begins to ask; the answer is waited for apart, so that several stores are asked at once.
  func ask() -> PendingAnswer {
    let answer = OneShot<Outcome>()
    waiting.append(answer)
    if !isAsking { askStore() }
    return PendingAnswer(
      answer: answer, deadline: loop.setDeadline(after: Self.patience, for: Impatience(answer)))
  }

  func outcome(of pending: PendingAnswer) async -> Outcome {
    let outcome = await pending.answer.value()
    loop.cancelDeadline(pending.deadline)
    return outcome
  }

  /// An answer that will be there within the probe's patience.
  struct PendingAnswer {
    fileprivate let answer: OneShot<Outcome>
    fileprivate let deadline: DeadlineID
  }

  private func askStore() {
    isAsking = true
    loop.spawn { [self] in
      let outcome = await question()
      isAsking = false
      let told = waiting
      waiting = []
      for answer in told { answer.fulfil(outcome) }
    }
  }
}

/// Answers for a store that is silent.
private final class Impatience: DeadlineOwner {
  private let answer: OneShot<ReadinessProbe.Outcome>

  init(_ answer: OneShot<ReadinessProbe.Outcome>) {
    self.answer = answer
  }

  func deadlinePassed(_ id: DeadlineID) {
    answer.fulfil(.failing("it does not answer"))
  }
}
