// Boards that are told to listeners whenever they change. However many listen to the same thing, it is asked
// once; and where many different things of one board are listened to (the ranks of a thousand users), one
// small look tells first whether anything of that board has changed at all.
import BoardStore
import Boards
package import EventLoop
import HTTPServer
import Ledger

/// One worker's live boards; used on its loop only.
package final class LiveBoards: @unchecked Sendable {
  package private(set) var counters = LiveCounters()
  private let desk: BoardDesk
  private let allowance: ListenerAllowance
  private let loop: EventLoop
  private var subjects: [LiveSubject.Name: LiveSubject] = [:]
  /// Of the boards that are being asked about.
  private var pulses: [BoardQuestion.BoardName: BoardPulse] = [:]
  private var isAsking = false
  private var hasEnded = false
  private var beaten: MonotonicInstant

  /// How exactly "at most so many times a second" is kept.
  private static let tick = Duration.milliseconds(25)
  /// What goes to Redis at once: others ask for something as well. The rest is asked in the next turns.
  private static let questionsAtOnce = 256
  /// Routers and proxies end what is silent for longer; and who may no longer listen is found out by then.
  private static let silence = Duration.seconds(15)

  package init(_ desk: BoardDesk, allowance: ListenerAllowance, on loop: EventLoop) {
    self.desk = desk
    self.allowance = allowance
    self.loop = loop
    beaten = loop.now
  }

  /// Whether one more may listen.
  var hasRoom: Bool { !hasEnded && allowance.hasRoom }

  /// Hands over a listener for as long as the body runs; nothing happens if there is no room.
  func listening(
    to name: LiveSubject.Name, having seen: String?,
    _ body: (LiveListener) async throws(HTTPStreamError) -> Void
  ) async throws(HTTPStreamError) {
    guard !hasEnded, allowance.take() else { return }
    let subject = subjects[name] ?? LiveSubject(name)
    subjects[name] = subject
    let listener = LiveListener(to: subject, having: seen, on: loop)
    subject.add(listener)
    counters.listeners += 1
    defer {
      subject.remove(listener)
      if subject.isDeserted, subjects[name] === subject { subjects[name] = nil }
      counters.listeners -= 1
      allowance.giveBack()
    }
    beginAsking()
    try await body(listener)
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
        guard (try? await loop.sleep(for: Self.tick)) != nil else { break }
      }
      isAsking = false
    }
  }

  private func askDue() async {
    let now = loop.now
    var due = subjects.values.filter { $0.due.map { $0 <= now } ?? true }
    if due.count > Self.questionsAtOnce {
      // Who has waited longest comes first.
      due.sort { ($0.due ?? .init(nanoseconds: .min)) < ($1.due ?? .init(nanoseconds: .min)) }
      due.removeLast(due.count - Self.questionsAtOnce)
    }
    guard !due.isEmpty else { return }
    let boards = Dictionary(grouping: due, by: \.name.question.boardName)
    pulses = [:]
    await all(boards.filter { $0.value.count > 1 }.map(\.key)) { [self] board in
      counters.questions += 1
      pulses[board] = await desk.pulse(of: board)
    }
    var changed: [LiveSubject] = []
    for subject in due {
      subject.noteAsked(at: now)
      let pulse = pulses[subject.name.question.boardName]
      if pulse == nil || subject.pulse != pulse { changed.append(subject) }
      subject.pulse = pulse
    }
    await all(changed) { [self] subject in
      counters.questions += 1
      subject.publish(await event(subject.name.question))
    }
  }

  private func event(_ question: BoardQuestion) async -> LiveEvent {
    do throws(Problem) {
      return LiveEvent(try await desk.reply(to: question))
    } catch {
      return LiveEvent(error)
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
    let silent = MonotonicInstant(nanoseconds: now.nanoseconds - Self.silence.wholeNanoseconds)
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
