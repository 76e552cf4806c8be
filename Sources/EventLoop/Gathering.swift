// Questions that come one by one, and are asked of a store together: what it costs to ask at all is paid once
// for all who come in one turn of the loop. The more there is to do the more of them come, and the less each
// of them costs; who comes alone is asked for at once. If another question has left in the same turn before,
// this one needs a write of its own.
//
// What is done for each question is inlinable, and what it uses usable from there: only then does the
// compiler make it anew for the types that another module asks about, in place of looking them up each time.

/// Gathers what is asked about a topic, which is what one command of a store can answer. Used on one loop
/// only.
@usableFromInline
package final class Gathering<Topic: Hashable & Sendable, Subject: Sendable, Answer: Sendable>:
  @unchecked Sendable
{
  /// An answer about each of the subjects, in their order.
  @usableFromInline
  package typealias Ask = @Sendable (Topic, [Subject]) async -> [Answer]

  @usableFromInline struct Waiter: Sendable {
    @usableFromInline let subject: Subject
    @usableFromInline let answer = OneShot<Answer>()

    @inlinable
    init(_ subject: Subject) { self.subject = subject }
  }

  private let loop: EventLoop
  @usableFromInline let portionMax: Int
  @usableFromInline let ask: Ask
  /// Those of this turn: no more than there are requests under way.
  @usableFromInline var waiting: [Topic: [Waiter]] = [:]

  /// One question is about so many subjects at most.
  package init(on loop: EventLoop, portionMax: Int, ask: @escaping Ask) {
    (self.loop, self.portionMax, self.ask) = (loop, portionMax, ask)
  }

  /// What the store says to a question that is asked after this call.
  @inlinable
  package func answer(about subject: Subject, on topic: Topic) async -> Answer {
    let waiter = Waiter(subject)
    if waiting.isEmpty { flushFirst { [self] in flush() } }
    waiting[topic, default: []].append(waiter)
    return await waiter.answer.value()
  }

  /// At the end of a turn, when all who came in it are there. What is asked here leaves in this turn, too.
  @inlinable
  func flush() {
    let waiting = waiting
    self.waiting.removeAll(keepingCapacity: true)
    for (topic, waiters) in waiting {
      for begin in stride(from: 0, to: waiters.count, by: portionMax) {
        ask(topic, for: Array(waiters[begin..<min(begin + portionMax, waiters.count)]))
      }
    }
  }

  @inlinable
  func ask(_ topic: Topic, for waiters: [Waiter]) {
    spawn { [self] in
      let answers = await ask(topic, waiters.map(\.subject))
      precondition(answers.count == waiters.count, "Each subject has an answer.")
      for index in waiters.indices { waiters[index].answer.fulfil(answers[index]) }
    }
  }

  // MARK: The loop

  @usableFromInline
  func flushFirst(_ flush: @escaping () -> Void) {
    loop.preconditionInside()
    loop.flushFirst(FlushedOnce(flush))
  }

  @usableFromInline
  func spawn(_ operation: @escaping @Sendable () async -> Void) {
    loop.spawn(operation)
  }
}

private final class FlushedOnce: Flushable {
  private let body: () -> Void

  init(_ body: @escaping () -> Void) {
    self.body = body
  }

  func flush() {
    body()
  }
}
