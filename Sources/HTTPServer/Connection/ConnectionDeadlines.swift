// A connection has a deadline for its phase and one for its client's reading, but only one place on the
// wheel, which it leaves alone while the deadlines move later: most never pass, and a kept-alive connection
// would otherwise be taken off and put back on the wheel with every request.
import EventLoop

struct ConnectionDeadlines {
  /// When the phase must have ended.
  var phase = MonotonicInstant.never
  /// When the client must have read on.
  var write = MonotonicInstant.never
  var acknowledgedAtStart = 0
  fileprivate var armed: (id: DeadlineID, instant: MonotonicInstant)?

  fileprivate var earliest: MonotonicInstant { min(phase, write) }
}

extension MonotonicInstant {
  static var never: MonotonicInstant { MonotonicInstant(nanoseconds: .max) }
}

extension ServedConnection {
  func setPhaseDeadline(after duration: Duration) {
    deadlines.phase = worker.loop.now + duration
    arm()
  }

  func clearPhaseDeadline() {
    deadlines.phase = .never
  }

  /// Sees to it that the wheel calls no later than the earliest
  /// deadline; earlier calls are answered by arming again.
  func arm() {
    let earliest = deadlines.earliest
    if let armed = deadlines.armed {
      guard earliest < armed.instant else { return }
      worker.loop.cancelDeadline(armed.id)
    }
    deadlines.armed = nil
    guard earliest != .never, !isClosed else { return }
    deadlines.armed = (worker.loop.setDeadline(at: earliest, for: self), earliest)
  }

  func disarm() {
    if let armed = deadlines.armed { worker.loop.cancelDeadline(armed.id) }
    deadlines = ConnectionDeadlines()
  }

  func deadlinePassed(_ id: DeadlineID) {
    deadlines.armed = nil
    let now = worker.loop.now
    if deadlines.write <= now { writeDeadlinePassed() }
    if deadlines.phase <= now { phaseDeadlinePassed() }
    arm()
  }

  /// Read from the clock itself: the turn may have been at this connection for long, and the client's time
  /// begins now.
  func beginWriteDeadline() {
    deadlines.write = worker.loop.clock.now + worker.limits.writeTimeout
    deadlines.acknowledgedAtStart = socket.acknowledgedBytes
    arm()
  }

  /// A client that takes its answer in drips holds memory
  /// of ours: it must take a fair amount in each interval.
  private func writeDeadlinePassed() {
    guard socket.acknowledgedBytes - deadlines.acknowledgedAtStart < worker.limits.writeProgress else {
      deadlines.acknowledgedAtStart = socket.acknowledgedBytes
      deadlines.write = worker.loop.now + worker.limits.writeTimeout
      return
    }
    worker.counters.slowReaders &+= 1
    giveUpReader()
  }
}

extension HTTPConnection {
  func giveUpReader() {
    bodyWriter?.connectionClosed(.peerTooSlow)
    socket.reset()
    close()
  }

  func phaseDeadlinePassed() {
    deadlines.phase = .never
    switch phase {
    case .waiting where socket.unsentBytes > 0:
      // Its answer is still being read, for which the other deadline stands.
      setPhaseDeadline(after: worker.limits.idleTimeout)
    case .waiting, .lingering:
      close()
    case .head:
      worker.counters.slowSenders &+= 1
      refuse(Problem(.requestTimeout, "The head of the request took too long to arrive."))
    case .body:
      worker.counters.slowSenders &+= 1
      refuse(Problem(.requestTimeout, "The body of the request took too long to arrive."))
    case .answering:
      giveUpHandler()
    case .streaming, .closed:
      break
    }
  }
}
