// Questions that come one by one, and are asked of a store together: what it costs to ask at all is paid once
// for all who come in one turn of the loop. The more there is to do the more of them come, and the less each
// of them costs; who comes alone is asked for at once. If another question has left in the same turn before,
// this one needs a write of its own.
//
// A store that does one thing at a time may give its answers only when it has done all that lies in front of
// it, as Redis does. Then everybody waits for the last, and nobody has anything to do meanwhile. So it may be
// told how many are asked about at once; the others leave when answers come, or when none come for a moment.
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
    @usableFromInline let topic: Topic
    @usableFromInline let subject: Subject
    @usableFromInline let answer = OneShot<Answer>()

    @inlinable
    init(_ topic: Topic, _ subject: Subject) { (self.topic, self.subject) = (topic, subject) }
  }

  /// Who waits goes without those before him if for so long no answer comes.
  private let patience = Duration.milliseconds(2)

  private let loop: EventLoop
  @usableFromInline let portionMax: Int
  @usableFromInline let atOnce: ClosedRange<Int>
  @usableFromInline let ask: Ask
  /// In the order in which they came, so that no topic keeps another from its turn. No more than there are
  /// requests under way.
  @usableFromInline var waiting: [Waiter] = []
  /// How many are being asked about.
  @usableFromInline var underWay = 0
  /// How many there were lately, with those who wait.
  @usableFromInline var lately = 0
  @usableFromInline var isLeaving = false
  /// How many portions have been answered.
  @usableFromInline var answered = 0
  private var deadline: DeadlineID?

  /// One question is about so many subjects at most. As many are asked about at once as `atOnce` says; within
  /// it, half of all that there were lately, so that there are others whose answers have come.
  package init(
    on loop: EventLoop, portionMax: Int, atOnce: ClosedRange<Int> = .max ... .max, ask: @escaping Ask
  ) {
    (self.loop, self.portionMax, self.atOnce, self.ask) = (loop, portionMax, atOnce, ask)
  }

  /// What the store says to a question that is asked after this call.
  @inlinable
  package func answer(about subject: Subject, on topic: Topic) async -> Answer {
    preconditionInside()
    let waiter = Waiter(topic, subject)
    waiting.append(waiter)
    leaveThisTurn()
    return await waiter.answer.value()
  }

  /// At the end of the turn, when all who come in it are there.
  @inlinable
  func leaveThisTurn() {
    guard !isLeaving else { return }
    isLeaving = true
    flushFirst { [self] in
      isLeaving = false
      lately = max(underWay + waiting.count, lately - lately / 64 - 1)
      leave(upTo: min(max(lately / 2, atOnce.lowerBound), atOnce.upperBound))
    }
  }

  /// What is asked here leaves in this turn, too.
  @inlinable
  func leave(upTo most: Int) {
    let count = min(waiting.count, max(0, most - underWay))
    if count > 0 {
      let leaving = Array(waiting[..<count])
      waiting.removeFirst(count)
      underWay += count
      // Nearly always all want to know of the same.
      if leaving.allSatisfy({ $0.topic == leaving[0].topic }) {
        ask(leaving[0].topic, forAll: leaving)
      } else {
        for (topic, waiters) in Dictionary(grouping: leaving, by: \.topic) { ask(topic, forAll: waiters) }
      }
    }
    if !waiting.isEmpty, !isPatient { waitPatiently() }
  }

  @inlinable
  func ask(_ topic: Topic, forAll waiters: [Waiter]) {
    for begin in stride(from: 0, to: waiters.count, by: portionMax) {
      ask(topic, for: Array(waiters[begin..<min(begin + portionMax, waiters.count)]))
    }
  }

  @inlinable
  func ask(_ topic: Topic, for waiters: [Waiter]) {
    spawn { [self] in
      let answers = await ask(topic, waiters.map(\.subject))
      precondition(answers.count == waiters.count, "Each subject has an answer.")
      underWay -= waiters.count
      answered &+= 1
      if !waiting.isEmpty { leaveThisTurn() }
      for index in waiters.indices { waiters[index].answer.fulfil(answers[index]) }
    }
  }

  // MARK: The loop

  @usableFromInline
  func preconditionInside() {
    loop.preconditionInside()
  }

  @usableFromInline
  func flushFirst(_ body: @escaping () -> Void) {
    loop.flushFirst(Callback(body))
  }

  @usableFromInline
  func spawn(_ operation: @escaping @Sendable () async -> Void) {
    loop.spawn(operation)
  }

  /// Whether somebody looks after a while how it goes.
  @usableFromInline var isPatient: Bool { deadline != nil }

  @usableFromInline
  func waitPatiently() {
    let before = answered
    // At the end of the turn, for the answers may be among what it has brought.
    let look = Callback { [self] in
      deadline = nil
      guard !waiting.isEmpty else { return }
      if answered == before { leave(upTo: .max) } else { waitPatiently() }
    }
    deadline = loop.setDeadline(after: patience, for: Callback { [loop] in loop.flushFirst(look) })
  }
}

private final class Callback: Flushable, DeadlineOwner {
  private let body: () -> Void

  init(_ body: @escaping () -> Void) {
    self.body = body
  }

  func flush() {
    body()
  }

  func deadlinePassed(_ id: DeadlineID) {
    body()
  }
}
