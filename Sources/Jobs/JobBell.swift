// How any worker of a process tells the one that runs jobs that there is work now, which would otherwise wait
// for the next look. Other processes find it by theirs.
import Synchronization

package final class JobBell: Sendable {
  private let listener = Mutex<(@Sendable (_ job: String) -> Void)?>(nil)

  package init() {}

  /// From any thread. What has to be done is written down before: a bell that nobody hears loses nothing.
  package func ring(for job: String) {
    listener.withLock(\.self)?(job)
  }

  package func answer(with hurry: @escaping @Sendable (_ job: String) -> Void) {
    listener.withLock { $0 = hurry }
  }
}
