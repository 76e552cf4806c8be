// Long bodies are gathered in memory, and anybody may begin one on each of thousands of connections: a key is
// looked up only when the whole request is there. So all connections of a process share what such bodies may
// take, and who finds nothing left is sent away for a moment.
import Synchronization

/// Memory for the bodies of all connections, of all workers.
package final class BodyBudget: Sendable {
  /// What a body may take without asking: nearly all are shorter.
  static let portion = 64 * 1024

  private let total: Int
  private let left: Atomic<Int>

  package init(_ bytes: Int) {
    total = bytes
    left = Atomic(bytes)
  }

  var taken: Int { total - left.load(ordering: .relaxed) }

  /// Whether there was so much, which is then the caller's until he gives it back.
  func take(_ bytes: Int) -> Bool {
    guard left.subtract(bytes, ordering: .relaxed).newValue < 0 else { return true }
    giveBack(bytes)
    return false
  }

  func giveBack(_ bytes: Int) {
    left.add(bytes, ordering: .relaxed)
  }
}
