// A thread that does nothing but turn one loop. A plain
// POSIX thread: it has a name in `top` and can be joined.
import CUV
import Glibc

/// The thread of a loop.
package final class LoopThread: Sendable {
  package let loop: EventLoop
  private let thread: pthread_t

  /// Starts the thread; the loop turns until it is stopped.
  ///
  /// One that gathers interrupts nobody when it is woken. A caller or a store that is at work on its core
  /// would otherwise stop at the first bytes it sends, and a turn would find so little that most of its cost
  /// was that of waking up. That is for a process of our own: threads that begin here, of a pool perhaps, are
  /// then of the same policy.
  package init(running loop: EventLoop, gathers: Bool = false) {
    self.loop = loop
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(LoopStart(loop: loop, gathers: gathers)).toOpaque()
    let status = unsafe pthread_create(&thread, nil, runLoop, context)
    precondition(status == 0, "The system refused a thread for a worker.")
    self.thread = thread
  }

  /// Stops the loop and waits until its thread has ended. Not from the loop itself.
  package func stopAndJoin() {
    precondition(!loop.isInside, "A loop cannot wait for its own end.")
    loop.stop()
    pthread_join(thread, nil)
  }
}

/// What a new thread is told.
private final class LoopStart {
  let loop: EventLoop
  let gathers: Bool

  init(loop: EventLoop, gathers: Bool) {
    (self.loop, self.gathers) = (loop, gathers)
  }
}

@c(points_run_loop)
private func runLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  let start = unsafe Unmanaged<LoopStart>.fromOpaque(context).takeRetainedValue()
  unsafe points_name_thread(start.loop.name)
  // Where it is not allowed nothing is lost.
  if start.gathers { _ = points_make_batch_thread() }
  start.loop.run()
  return nil
}

extension EventLoop {
  /// The cores this process may run on, which can be fewer than the machine has.
  package static var availableCores: Int { Int(uv_available_parallelism()) }
}
