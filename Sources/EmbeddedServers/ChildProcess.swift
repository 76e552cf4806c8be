// A child process and the thread that owns it.
//
// The kernel sends a child its death signal when the *thread* that started it ends, not the process. So each
// child has a thread of its own that starts it, sleeps until it has ended, takes its exit status and only
// then ends itself: no child outlives us, none dies too early, and none stays behind as a zombie.

private import Glibc
private import Synchronization

final class ChildProcess: Sendable {
  private enum State {
    case starting
    case failed(errno: Int32)
    case running(pid_t)
    case ended(ProcessEnding)
  }

  private let launch: Launch
  private let state = Mutex(State.starting)
  private let launched: Latch
  private let ended: Latch

  /// Returns when the child exists, not when it is ready for anything.
  static func start(_ launch: Launch) throws(EmbeddedServersError) -> ChildProcess {
    let child = try ChildProcess(launch)
    try child.startOwner()
    _ = child.launched.wait(until: .now + .seconds(30))
    if case .failed(let errno) = child.state.withLock({ $0 }) {
      throw .fileSystem(action: "start", path: launch.program, errno: errno)
    }
    return child
  }

  private init(_ launch: Launch) throws(EmbeddedServersError) {
    self.launch = launch
    launched = try Latch()
    ended = try Latch()
  }

  /// Nil before the child has started and after it has ended: the id may by then belong to somebody else.
  var processID: Int? {
    state.withLock { if case .running(let id) = $0 { Int(id) } else { nil } }
  }

  var ending: ProcessEnding? {
    state.withLock { if case .ended(let ending) = $0 { ending } else { nil } }
  }

  /// Sends a signal unless the child has ended. The lock is held meanwhile, so that the owner cannot take the
  /// exit status, and free the id for another process, between the look and the signal.
  func signal(_ number: Int32) {
    state.withLock { if case .running(let id) = $0 { _ = kill(id, number) } }
  }

  /// Returns whether the child has ended, at the latest when the deadline comes.
  func waitForEnd(until deadline: ContinuousClock.Instant) -> Bool {
    ended.wait(until: deadline)
  }

  private func startOwner() throws(EmbeddedServersError) {
    let ours = unsafe Unmanaged.passRetained(self)
    var thread = pthread_t()
    let answer = unsafe pthread_create(&thread, nil, ownChild, ours.toOpaque())
    guard answer == 0 else {
      unsafe ours.release()
      throw .processLimit(action: "start a thread", errno: answer)
    }
    pthread_detach(thread)
  }

  fileprivate func own() {
    let outcome = launch.spawn()
    guard case .success(let id) = outcome else {
      if case .failure(let refusal) = outcome { state.withLock { $0 = .failed(errno: refusal.errno) } }
      ended.fire()
      launched.fire()
      return
    }
    state.withLock { $0 = .running(id) }
    launched.fire()
    waitWithoutReaping(id)
    state.withLock { $0 = .ended(reap(id)) }
    ended.fire()
  }

  private func waitWithoutReaping(_ id: pid_t) {
    var report = unsafe siginfo_t()
    while unsafe waitid(P_PID, UInt32(id), &report, WEXITED | WNOWAIT) != 0 && errno == EINTR {}
  }

  private func reap(_ id: pid_t) -> ProcessEnding {
    var status: Int32 = 0
    while unsafe waitpid(id, &status, 0) < 0 && errno == EINTR {}
    return ProcessEnding(waitStatus: status)
  }
}

/// The owner thread's body. It was handed one reference to the child, which it gives back at its end.
@c private func ownChild(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  SignalMask.blockAll()
  let child = unsafe Unmanaged<ChildProcess>.fromOpaque(context).takeRetainedValue()
  child.own()
  return nil
}
