// The only door into a loop from other threads.
import Synchronization

/// What other threads left for the loop, in order, under a lock held for a few instructions.
final class Inbox: Sendable {
  private struct Contents {
    var jobs: [UnownedJob] = []
    var works: [@Sendable () -> Void] = []
    /// A wake-up is on its way; a second one would be a wasted system call.
    var wakePending = false
    /// The loop has ended: nothing more is taken, and its handles must not be touched again.
    var isClosed = false
  }

  private let contents = Mutex(Contents())

  /// Leaves a job; `wake` is called under the lock, so that it never meets a loop that was just closed.
  func append(_ job: UnownedJob, wake: () -> Void) {
    contents.withLock { contents in
      guard !contents.isClosed else { return }
      contents.jobs.append(job)
      if !contents.wakePending { wake() }
      contents.wakePending = true
    }
  }

  func append(_ work: @escaping @Sendable () -> Void, wake: () -> Void) {
    contents.withLock { contents in
      guard !contents.isClosed else { return }
      contents.works.append(work)
      if !contents.wakePending { wake() }
      contents.wakePending = true
    }
  }

  /// On the loop's thread: hands over the jobs, and the posted work for the caller to run.
  func drain(into ready: inout [UnownedJob]) -> [@Sendable () -> Void] {
    contents.withLock { contents in
      guard contents.wakePending else { return [] }
      contents.wakePending = false
      ready.append(contentsOf: contents.jobs)
      contents.jobs.removeAll(keepingCapacity: true)
      let works = contents.works
      contents.works = []
      return works
    }
  }

  func close() {
    contents.withLock { $0.isClosed = true }
  }
}
