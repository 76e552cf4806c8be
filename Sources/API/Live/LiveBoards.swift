// Boards that are told to listeners whenever they change. However many listen to the same thing, it is asked
// once; and where many different things of one board are listened to (the ranks of a thousand users), one
// small look tells first whether anything of that board has changed at all.
package import EventLoop
import HTTPServer
import Ledger

/// One worker's live boards; used on its loop only.
package final class LiveBoards: @unchecked Sendable {
  package struct Options: Sendable {
    /// How exactly "at most so many times a second" is kept.
    package var tick = Duration.milliseconds(25)
    /// How much is asked for at once: others want something of Redis as well. The rest is asked in the next
    /// turns, what has waited longest first. This is some two milliseconds of Redis.
    package var rowsAtOnce: Int64 = 4000
    /// How many boards are looked at in a turn.
    package var boardsAtOnce = 64
    /// Routers and proxies end what is silent for longer.
    package var silence = Duration.seconds(15)
    /// For how long a listener is sent events without being looked at again.
    package var admission = Duration.seconds(5)

    package init() {}
  }

  /// Where answers come from; for tests, elsewhere than from stores.
  struct Source: Sendable {
    let pulse: @Sendable (BoardQuestion.BoardName) async -> BoardPulse?
    let answer: @Sendable (BoardQuestion) async -> LiveAnswer
  }

  package private(set) var counters = LiveCounters()
  private let options: Options
  private let source: Source
  private let allowance: ListenerAllowance
  private let loop: EventLoop
  private var subjects: [LiveSubject.Name: LiveSubject] = [:]
  private var isAsking = false
  private var hasEnded = false
  private var beaten: MonotonicInstant

  package convenience init(
    _ desk: BoardDesk, allowance: ListenerAllowance, _ options: Options = Options(), on loop: EventLoop
  ) {
    let source = Source(
      pulse: { await desk.pulse(of: $0) }, answer: { await desk.liveAnswer(to: $0) })
    self.init(source, allowance: allowance, options, on: loop)
  }

  init(_ source: Source, allowance: ListenerAllowance, _ options: Options, on loop: EventLoop) {
    self.source = source
    self.allowance = allowance
    self.options = options
    self.loop = loop
    beaten = loop.now
  }

  /// Why one more listener of the service is not taken; nil if he is.
  func refusal(of service: ServiceID) -> ListenerRefusal? {
    hasEnded ? .ending : allowance.refusal(of: service)
  }

  /// Hands over a listener for as long as the body runs; nothing happens if there is no place for him.
  func listening(
    to name: LiveSubject.Name, having seen: String?, for service: ServiceID,
    _ body: (LiveListener) async throws(HTTPStreamError) -> Void
  ) async throws(HTTPStreamError) {
    guard !hasEnded, allowance.take(for: service) else { return }
    let subject = subjects[name] ?? LiveSubject(name, now: loop.now)
    subjects[name] = subject
    let listener = LiveListener(to: subject, having: seen, on: loop)
    subject.add(listener)
    counters.listeners += 1
    defer {
      subject.remove(listener)
      if subject.isDeserted, subjects[name] === subject { subjects[name] = nil }
      counters.listeners -= 1
      allowance.giveBack(from: service)
    }
    beginAsking()
    try await body(listener)
  }

  func admission(of exchange: HTTPExchange, by gate: AccessGate) -> ListenerAdmission {
    ListenerAdmission(exchange, by: gate, every: options.admission, on: loop)
  }

  func noteSent() { counters.events += 1 }

  /// Ends all streams as if there were nothing more to tell; clients come back elsewhere, with what they
  /// have.
  package func end() {
    hasEnded = true
    for subject in subjects.values { subject.end() }
  }

  // MARK: Asking

  private func beginAsking() {
    guard !isAsking else { return }
    isAsking = true
    loop.spawn { [self] in
      while !subjects.isEmpty, !hasEnded {
        await askDue()
        beat()
        guard (try? await loop.sleep(for: options.tick)) != nil else { break }
      }
      isAsking = false
    }
  }

  private func askDue() async {
    let now = loop.now
    var turn = LiveTurnPlan(subjects.values, at: now, options)
    guard !turn.isEmpty else { return }
    let looks = turn.looks.map { BoardLook(board: $0) }
    counters.questions += looks.count
    await all(looks) { [source] look in look.pulse = await source.pulse(look.board) }
    turn.note(looks)
    let questions = turn.questions()
    counters.questions += questions.count
    await all(questions) { [source] question in
      question.tell(await source.answer(question.subject.name.question))
    }
  }

  /// All at once: what they send to Redis leaves in one write.
  private func all<Item: Sendable>(_ items: [Item], _ body: @escaping @Sendable (Item) async -> Void) async {
    guard !items.isEmpty else { return }
    let running = CountDown(items.count)
    for item in items {
      loop.spawn {
        await body(item)
        running.countDown()
      }
    }
    await running.over.value()
  }

  private func beat() {
    let now = loop.now
    guard beaten + .seconds(1) <= now else { return }
    beaten = now
    let silent = MonotonicInstant(nanoseconds: now.nanoseconds - options.silence.wholeNanoseconds)
    for subject in subjects.values { subject.beat(silentSince: silent) }
  }
}

/// Ends a wait when the last of so many has come.
private final class CountDown: @unchecked Sendable {
  let over = OneShot<Void>()
  private var left: Int

  init(_ count: Int) { left = count }

  func countDown() {
    left -= 1
    if left == 0 { over.fulfil(()) }
  }
}
