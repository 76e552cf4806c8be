// How long a worker's loop keeps others waiting, seen by a task that only wants to be woken again and again.
//
// A busy machine makes every thread wait for a core, and that is not the loop's doing: the kernel tells how
// long a thread was ready and did not run, and so much is taken off. What remains is a loop that was busy
// with something else, or asleep in a call that blocks. A plain thread beside the loops tells when the whole
// machine stood still.
import EventLoop
import Foundation
import Synchronization

final class LagWatch: Sendable {
  struct Finding: Sendable {
    var worst = Duration.zero
    var ticks = 0
    /// The worst that befell a thread with nothing to do.
    var machine = Duration.zero
  }

  private static let interval = Duration.milliseconds(5)
  private let state = Mutex(Finding())
  private let isOver = Atomic(false)

  init(_ loops: [EventLoop]) {
    Thread.detachNewThread { [self] in watchMachine() }
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
  }

  /// What was seen so far.
  var finding: Finding { state.withLock { $0 } }

  /// Ends the watch.
  func stop() -> Finding {
    isOver.store(true, ordering: .relaxed)
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
