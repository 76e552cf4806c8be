// How long a worker's loop keeps others waiting, seen by a task that only wants to be woken again and again.
//
// A busy machine makes every thread wait for a core, and that is not the loop's doing: the kernel tells how
// long a thread was ready and did not run, and so much is taken off. What remains is a loop that was busy
// with something else, or asleep in a call that blocks. Plain threads beside the loops tell when the machine
// stood still, or one of its cores did: there is one more of them than there are cores.
import EventLoop
import Foundation
import Synchronization

final class LagWatch: Sendable {
  struct Finding: Sendable {
    var worst = Duration.zero
    var ticks = 0
    /// The worst that befell any thread with nothing to do.
    var machine = Duration.zero
  }

  private static let interval = Duration.milliseconds(5)
  private let state = Mutex(Finding())
  private let isOver = Atomic(false)
  private static let watchers = EventLoop.availableCores + 1
  private let ended = DispatchSemaphore(value: 0)

  init(_ loops: [EventLoop]) {
    for _ in 0..<Self.watchers { Thread.detachNewThread { [self] in watchMachine() } }
    for loop in loops {
      loop.spawn { [self] in await watch(loop) }
    }
  }

  private func watchMachine() {
    while !isOver.load(ordering: .relaxed) {
      let begin = ContinuousClock.now
      let waited = Self.timeWithoutCore()
      usleep(5000)
      let lag = ContinuousClock.now - begin - Self.interval - (Self.timeWithoutCore() - waited)
      state.withLock { $0.machine = max($0.machine, lag) }
    }
    ended.signal()
  }

  /// What was seen so far.
  var finding: Finding { state.withLock { $0 } }

  /// Ends the watch. What a thread has met that stands still is only known when it goes on.
  func stop() -> Finding {
    isOver.store(true, ordering: .relaxed)
    for _ in 0..<Self.watchers { ended.wait() }
    return finding
  }

  private func watch(_ loop: EventLoop) async {
    while !isOver.load(ordering: .relaxed) {
      let begin = ContinuousClock.now
      let waited = Self.timeWithoutCore()
      guard (try? await loop.sleep(for: Self.interval)) != nil else { return }
      let lag = ContinuousClock.now - begin - Self.interval - (Self.timeWithoutCore() - waited)
      state.withLock {
        $0.worst = max($0.worst, lag)
        $0.ticks += 1
      }
    }
  }

  /// How long this thread has been ready to run without running, since it began.
  private static func timeWithoutCore() -> Duration {
    let text = (try? String(contentsOfFile: "/proc/thread-self/schedstat", encoding: .utf8)) ?? ""
    let words = text.split(separator: " ")
    return .nanoseconds(words.count > 1 ? Int64(words[1]) ?? 0 : 0)
  }
}
