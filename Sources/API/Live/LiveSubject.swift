// One thing that is listened to, by any number of listeners: it is asked about once for all of them.
import EventLoop

/// Used on its worker's loop only.
final class LiveSubject: @unchecked Sendable {
  /// What is asked, and how often at most. Who wants it more often listens to another subject.
  struct Name: Hashable, Sendable {
    let question: BoardQuestion
    let perSecond: Int64
  }

  let name: Name
  private(set) var latest: LiveEvent?
  private var listeners: [ObjectIdentifier: LiveListener] = [:]
  private var asked: MonotonicInstant?
  /// The state of the board when it was asked last.
  var pulse: BoardPulse?

  init(_ name: Name) {
    self.name = name
  }

  var isDeserted: Bool { listeners.isEmpty }

  func add(_ listener: LiveListener) { listeners[ObjectIdentifier(listener)] = listener }

  func remove(_ listener: LiveListener) { listeners[ObjectIdentifier(listener)] = nil }

  /// Since when it may be asked again; nil for at once.
  var due: MonotonicInstant? {
    asked.map { $0 + .seconds(1) / Int(name.perSecond) }
  }

  func noteAsked(at instant: MonotonicInstant) { asked = instant }

  /// Tells those who wait, unless it is what they know.
  func publish(_ event: LiveEvent) {
    guard event.id != latest?.id else { return }
    latest = event
    for listener in listeners.values { listener.hear(event) }
  }

  /// Lets those who have not heard anything for so long know that the line still stands.
  func beat(silentSince instant: MonotonicInstant) {
    for listener in listeners.values { listener.beat(silentSince: instant) }
  }

  func end() {
    for listener in listeners.values { listener.end() }
  }
}
