// One thing that is listened to, by any number of listeners: it is asked about once for all of them. What was
// told is not kept, only its name: whoever missed it has it asked for once more. So subjects cost next to no
// memory, however many there are and whatever they are about.
import EventLoop

/// Used on its worker's loop only.
final class LiveSubject: @unchecked Sendable {
  /// What is asked, and how often at most. Who wants it more often listens to another subject.
  struct Name: Hashable, Sendable {
    let question: BoardQuestion
    let perSecond: Int64
  }

  /// How often it is asked at most for those who have missed something; as often as one may ask for at all.
  private static let missedInterval = Duration.milliseconds(50)

  let name: Name
  /// The id of what everybody was told last; nil when not everybody has the same.
  private(set) var latest: String?
  /// How often everybody was told something.
  private(set) var tellings = 0
  private var listeners: [ObjectIdentifier: LiveListener] = [:]
  /// When it is to be asked for everybody.
  private var regularDue: MonotonicInstant
  private var asked: MonotonicInstant?
  /// Since when somebody waits for what he has missed.
  private var missed: MonotonicInstant?
  /// The state of the board as of which everybody knows all; nil to ask whatever the board is like.
  private var pulse: BoardPulse?

  init(_ name: Name, now: MonotonicInstant) {
    self.name = name
    regularDue = now
  }

  var isDeserted: Bool { listeners.isEmpty }

  func add(_ listener: LiveListener) { listeners[ObjectIdentifier(listener)] = listener }

  func remove(_ listener: LiveListener) { listeners[ObjectIdentifier(listener)] = nil }

  /// To be called by a listener who has not got what others were told.
  func noteMissed(at now: MonotonicInstant) {
    if missed == nil { missed = now }
  }

  // MARK: Asking

  /// When it is to be asked.
  var due: MonotonicInstant {
    guard let missed else { return regularDue }
    return min(regularDue, max(missed, asked.map { $0 + Self.missedInterval } ?? missed))
  }

  func isRegular(at now: MonotonicInstant) -> Bool { regularDue <= now }

  /// Whether nobody could be told anything while the board is like this.
  func isSettled(at pulse: BoardPulse?) -> Bool { missed == nil && pulse != nil && self.pulse == pulse }

  func noteAsked(at now: MonotonicInstant) {
    asked = now
    if isRegular(at: now) { regularDue = now + .seconds(1) / Int(name.perSecond) }
  }

  // MARK: Telling

  /// Tells everybody who waits, unless it is what they know. The pulse was taken before the answer; it
  /// counts only if the answer is of that state of the mirror or a later one. One that came from elsewhere,
  /// or not at all, would else stay for as long as the board does.
  func publish(_ answer: LiveAnswer, asOf pulse: BoardPulse?) {
    self.pulse = pulse.flatMap { pulse in
      answer.position.map { $0 >= pulse.position } == true ? pulse : nil
    }
    guard answer.event.id != latest else { return tellThoseWhoMissed(answer.event) }
    latest = answer.event.id
    tellings += 1
    missed = nil
    for listener in listeners.values { listener.hear(answer.event) }
  }

  /// Tells those who have missed something, between the times at which everybody is told.
  func catchUp(_ answer: LiveAnswer) {
    if answer.event.id != latest { (latest, pulse) = (nil, nil) }
    tellThoseWhoMissed(answer.event)
  }

  private func tellThoseWhoMissed(_ event: LiveEvent) {
    guard missed != nil else { return }
    missed = nil
    for listener in listeners.values where listener.hasMissed { listener.hear(event) }
  }

  /// Lets those who have not heard anything for so long know that the line still stands.
  func beat(silentSince instant: MonotonicInstant) {
    for listener in listeners.values { listener.beat(silentSince: instant) }
  }

  func end() {
    for listener in listeners.values { listener.end() }
  }
}
