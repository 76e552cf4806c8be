// One who listens. What he has not taken when the next state comes he never gets: only the newest counts, so
// a slow listener costs no memory.
import EventLoop

/// What a listener is to do next.
enum LiveTurn: Sendable {
  case event(LiveEvent)
  /// Nothing happened for a while.
  case heartbeat
  /// He is gone, or the service is about to go.
  case ended
}

/// Used on its worker's loop only.
final class LiveListener: @unchecked Sendable {
  private let loop: EventLoop
  private let subject: LiveSubject
  /// What he has.
  private var seen: String?
  /// Which of his subject's tellings he knows; none has this number if he knows none.
  private var told: Int
  private var heard: MonotonicInstant
  private var waiting: OneShot<LiveTurn>?
  private var isEnded = false

  init(to subject: LiveSubject, having seen: String?, on loop: EventLoop) {
    self.subject = subject
    self.seen = seen
    self.loop = loop
    told = seen != nil && seen == subject.latest ? subject.tellings : -1
    heard = loop.now
  }

  /// Whether others were told something that he does not know.
  var hasMissed: Bool { told < subject.tellings }

  /// Waits for something he does not have; one task asks.
  func next() async -> LiveTurn {
    if isEnded || Task.isCancelled { return .ended }
    if hasMissed { subject.noteMissed(at: loop.now) }
    let turn = OneShot<LiveTurn>()
    waiting = turn
    return await withTaskCancellationHandler {
      await turn.value()
    } onCancel: { [self] in
      loop.post { [self] in end() }
    }
  }

  /// Nothing happens if he is busy: he finds out that he has missed it.
  func hear(_ event: LiveEvent) {
    guard waiting != nil else { return }
    told = subject.tellings
    if event.id != seen {
      seen = event.id
      wake(.event(event))
    }
  }

  func beat(silentSince instant: MonotonicInstant) {
    if heard <= instant { wake(.heartbeat) }
  }

  func end() {
    isEnded = true
    wake(.ended)
  }

  private func wake(_ turn: LiveTurn) {
    guard let waiting else { return }
    self.waiting = nil
    heard = loop.now
    waiting.fulfil(turn)
  }
}
