// A thread that does nothing but turn one loop. A plain
// POSIX thread: it has a name in `top` and can be joined.
import CUV
import Glibc

/// The thread of a worker's loop.
package final class LoopThread: Sendable {
  package let loop: EventLoop
  private let thread: pthread_t

  /// Starts the thread; the loop turns until it is stopped.
  package init(running loop: EventLoop) {
    self.loop = loop
    var thread = pthread_t()
    let context = unsafe Unmanaged.passRetained(loop).toOpaque()
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

@c(points_run_loop)
private func runLoop(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context = unsafe context else { return nil }
  let loop = unsafe Unmanaged<EventLoop>.fromOpaque(context).takeRetainedValue()
  unsafe points_name_thread(loop.name)
  // A caller or a store that is at work on our core would otherwise be interrupted at the first bytes it
  // sends us, and a turn would find so little that most of its cost was that of waking up. Where it is not
  // allowed nothing is lost.
  _ = points_gather_thread()
  loop.run()
  return nil
}

extension EventLoop {
  /// The cores this process may run on, which can be fewer than the machine has.
  package static var availableCores: Int { Int(uv_available_parallelism()) }
}
