// What comes one by one is asked together: everybody has his own answer, to a question that was asked
// after his.
import EventLoop
import Testing

@Suite struct GatheringTests {
  /// A store that answers when it is told to; used on one loop.
  private final class Store: @unchecked Sendable {
    var asked: [(topic: String, subjects: [Int])] = []
    var answersAtOnce = false
    private var waiting: [OneShot<Void>] = []

    func answer(_ topic: String, _ subjects: [Int]) async -> [String] {
      asked.append((topic, subjects))
      let number = asked.count
      if !answersAtOnce {
        let told = OneShot<Void>()
        waiting.append(told)
        await told.value()
      }
      return subjects.map { "\(topic) \($0) \(number)" }
    }

    func answerAll() {
      let told = waiting
      waiting = []
      for one in told { one.fulfil(()) }
    }
  }

  /// What came of it, by subject.
  private final class Answers: @unchecked Sendable {
    var found: [Int: String] = [:]
  }

  /// Runs the body on a loop, beside a gathering of portions of four.
  private static func gathering(
    atOnce: ClosedRange<Int> = .max ... .max, clock: LoopClock = .system,
    _ body:
      @escaping @Sendable (
        EventLoop, Store, Gathering<String, Int, String>
      ) async -> Void
  ) async {
    let thread = LoopThread(running: EventLoop(name: "test", clock: clock))
    let loop = thread.loop
    await onLoop(loop) {
      let store = Store()
      let gathering = Gathering(on: loop, portionMax: 4, atOnce: atOnce) { await store.answer($0, $1) }
      await body(loop, store, gathering)
    }
    thread.stopAndJoin()
  }

  private static func ask(
    _ subjects: Range<Int>, on topic: String = "a", _ gathering: Gathering<String, Int, String>,
    _ answers: Answers, _ loop: EventLoop
  ) {
    for subject in subjects {
      loop.spawn { answers.found[subject] = await gathering.answer(about: subject, on: topic) }
    }
  }

  /// The same without a moment in between.
  private static func settled(_ loop: EventLoop) async {
    for _ in 0..<3 {
      let next = OneShot<Void>()
      loop.post { next.fulfil(()) }
      await next.value()
    }
  }

  /// A turn later all that was to be asked has been.
  private static func turn(_ loop: EventLoop) async {
    try? await loop.sleep(for: .milliseconds(1))
  }

  @Test func `those of one turn are asked about together, in portions`() async {
    await Self.gathering { loop, store, gathering in
      let answers = Answers()
      Self.ask(0..<10, gathering, answers, loop)
      #expect(store.asked.isEmpty)
      await Self.turn(loop)
      #expect(store.asked.map(\.subjects) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]])
      store.answerAll()
      await Self.turn(loop)
      #expect(answers.found.count == 10)
      for (subject, answer) in answers.found { #expect(answer == "a \(subject) \(subject / 4 + 1)") }
    }
  }

  @Test func `who comes while an answer is under way is not given that one, and does not wait for it`()
    async
  {
    await Self.gathering { loop, store, gathering in
      let answers = Answers()
      Self.ask(0..<1, gathering, answers, loop)
      await Self.turn(loop)
      Self.ask(1..<3, gathering, answers, loop)
      await Self.turn(loop)
      #expect(store.asked.map(\.subjects) == [[0], [1, 2]])
      store.answerAll()
      await Self.turn(loop)
      #expect(answers.found == [0: "a 0 1", 1: "a 1 2", 2: "a 2 2"])
    }
  }

  @Test func `so many are asked about at once, or half, and the others when answers come`() async {
    await Self.gathering(atOnce: 3...5, clock: .manual(ManualClock())) { loop, store, gathering in
      let answers = Answers()
      Self.ask(0..<10, gathering, answers, loop)
      await Self.settled(loop)
      #expect(store.asked.map(\.subjects) == [[0, 1, 2, 3], [4]])
      store.answerAll()
      await Self.settled(loop)
      #expect(answers.found.keys.sorted() == [0, 1, 2, 3, 4])
      #expect(store.asked.dropFirst(2).map(\.subjects) == [[5, 6, 7, 8]])
      store.answerAll()
      await Self.settled(loop)
      #expect(store.asked.last?.subjects == [9])
      store.answerAll()
      await Self.settled(loop)
      #expect(answers.found.count == 10)
      Self.ask(10..<11, gathering, answers, loop)
      await Self.settled(loop)
      #expect(store.asked.last?.subjects == [10])
      store.answerAll()
      await Self.settled(loop)
    }
  }

  @Test func `nobody waits long for a store that does not answer those before him`() async {
    let clock = ManualClock()
    await Self.gathering(atOnce: 1...1, clock: .manual(clock)) { loop, store, gathering in
      let answers = Answers()
      Self.ask(0..<1, gathering, answers, loop)
      await Self.settled(loop)
      Self.ask(1..<3, gathering, answers, loop)
      await Self.settled(loop)
      clock.advance(by: .milliseconds(1))
      await Self.settled(loop)
      #expect(store.asked.count == 1)
      // As long as answers come, everybody waits for his turn.
      store.answerAll()
      await Self.settled(loop)
      clock.advance(by: .milliseconds(3))
      await Self.settled(loop)
      #expect(store.asked.map(\.subjects) == [[0], [1]])
      clock.advance(by: .milliseconds(4))
      await Self.settled(loop)
      #expect(store.asked.map(\.subjects) == [[0], [1], [2]])
      store.answerAll()
      await Self.settled(loop)
      #expect(answers.found.count == 3)
    }
  }

  @Test(arguments: [("a", "b"), ("b", "a")])
  func `no topic keeps another from its turn`(busy: String, other: String) async {
    await Self.gathering(atOnce: 1...1, clock: .manual(ManualClock())) { loop, store, gathering in
      let answers = Answers()
      Self.ask(0..<2, on: busy, gathering, answers, loop)
      Self.ask(2..<3, on: other, gathering, answers, loop)
      await Self.settled(loop)
      for number in 3..<6 {
        Self.ask(number..<number + 1, on: busy, gathering, answers, loop)
        store.answerAll()
        await Self.settled(loop)
      }
      #expect(store.asked.map(\.subjects) == [[0], [1], [2], [3]])
      for _ in 0..<3 {
        store.answerAll()
        await Self.settled(loop)
      }
      #expect(answers.found.count == 6)
    }
  }

  @Test func `topics are not mixed up`() async {
    await Self.gathering { loop, store, gathering in
      let answers = Answers()
      for subject in 0..<4 {
        Self.ask(subject..<subject + 1, on: subject.isMultiple(of: 2) ? "a" : "b", gathering, answers, loop)
      }
      await Self.turn(loop)
      #expect(store.asked.map(\.topic).sorted() == ["a", "b"])
      store.answerAll()
      await Self.turn(loop)
      #expect(answers.found.mapValues { $0.dropLast(2) } == [0: "a 0", 1: "b 1", 2: "a 2", 3: "b 3"])
    }
  }

  @Test func `as many as like may come in one turn, also to a store that answers at once`() async {
    await Self.gathering { loop, store, gathering in
      store.answersAtOnce = true
      let answers = Answers()
      Self.ask(0..<100_001, gathering, answers, loop)
      await Self.turn(loop)
      #expect(answers.found.count == 100_001)
      #expect(store.asked.map(\.subjects.count).reduce(0, +) == 100_001)
      // And it is as before for those who come then.
      Self.ask(0..<1, gathering, answers, loop)
      await Self.turn(loop)
      #expect(answers.found[0] == "a 0 \(store.asked.count)")
    }
  }
}
