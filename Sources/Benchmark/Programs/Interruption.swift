// Ctrl-C and SIGTERM as something one can look for while waiting. The bench has processes and a temporary
// directory to clear away, so the signals do not end it where it stands; whatever waits gives up instead,
// and the way out is the usual one.
private import Glibc

/// Stands for the signals being kept for us; they stay so, since the process ends with the bench.
struct Interruption: Sendable {
  /// How late an interruption may be noticed.
  private static let glance = Duration.milliseconds(100)

  /// To be made on the thread that waits, before any other thread: those inherit what is kept.
  init() {
    var kept = sigset_t()
    _ = unsafe sigemptyset(&kept)
    for signal in [SIGINT, SIGTERM, SIGHUP] { _ = unsafe sigaddset(&kept, signal) }
    _ = unsafe pthread_sigmask(SIG_BLOCK, &kept, nil)
  }

  /// Waits until the descriptor can be read; false when the deadline came first.
  func wait(reading descriptor: Int32, until deadline: ContinuousClock.Instant) throws(BenchmarkError) -> Bool
  {
    while true {
      try check()
      var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let left = min(Self.glance, ContinuousClock.now.duration(to: deadline))
      let milliseconds = Int32((max(.zero, left) / .milliseconds(1)).rounded(.up))
      let answer = unsafe poll(&watched, 1, milliseconds)
      if answer > 0 { return true }
      guard answer == 0 || errno == EINTR else { throw .refused(action: "wait", errno: errno) }
      if ContinuousClock.now >= deadline { return false }
    }
  }

  /// Waits for so long.
  func pause(for time: Duration) throws(BenchmarkError) {
    let end = ContinuousClock.now + time
    while true {
      try check()
      let left = min(Self.glance, ContinuousClock.now.duration(to: end))
      if left <= .zero { return }
      _ = poll(nil, 0, Int32((left / .milliseconds(1)).rounded(.up)))
    }
  }

  /// For work that never waits.
  func check() throws(BenchmarkError) {
    var pending = sigset_t()
    guard unsafe sigpending(&pending) == 0 else { return }
    let asked = [SIGINT, SIGTERM, SIGHUP].contains { unsafe sigismember(&pending, $0) == 1 }
    if asked { throw .interrupted }
  }
}
