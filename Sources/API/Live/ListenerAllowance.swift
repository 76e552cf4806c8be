// How many may listen at once. A listener is a connection that does not end by itself, so there is a bound.
import Synchronization

/// The listeners of all workers of a process.
package final class ListenerAllowance: Sendable {
  private let left: Atomic<Int>

  package init(_ most: Int) {
    left = Atomic(most)
  }

  var hasRoom: Bool { left.load(ordering: .relaxed) > 0 }

  func take() -> Bool {
    guard left.subtract(1, ordering: .relaxed).newValue < 0 else { return true }
    giveBack()
    return false
  }

  func giveBack() { left.add(1, ordering: .relaxed) }
}
