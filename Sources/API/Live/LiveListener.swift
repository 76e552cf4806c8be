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
  private var heard: MonotonicInstant
  private var waiting: OneShot<LiveTurn>?
  private var isEnded = false

  init(to subject: LiveSubject, having seen: String?, on loop: EventLoop) {
    self.subject = subject
    self.seen = seen
    self.loop = loop
    heard = loop.now
  }

  /// Waits for something he does not have; one task asks.
  func next() async -> LiveTurn {
    if isEnded || Task.isCancelled { return .ended }
    if let latest = subject.latest, latest.id != seen { return take(.event(latest)) }
    let turn = OneShot<LiveTurn>()
    waiting = turn
    let came = await withTaskCancellationHandler {
      await turn.value()
    } onCancel: { [self] in
      loop.post { [self] in end() }
    }
    return take(came)
  }

  private func take(_ turn: LiveTurn) -> LiveTurn {
    heard = loop.now
    if case .event(let event) = turn { seen = event.id }
    return turn
  }

  func hear(_ event: LiveEvent) {
    if event.id != seen { wake(.event(event)) }
  }

  func beat(silentSince instant: MonotonicInstant) {
    if heard <= instant { wake(.heartbeat) }
  }

  func end() {
    isEnded = true
    wake(.ended)
  }

  private func wake(_ turn: LiveTurn) {
    let waiting = waiting
    self.waiting = nil
    waiting?.fulfil(turn)
  }
}
