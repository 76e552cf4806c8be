// Waiting for what servers and loops do, without blocking one of the pool's few threads: the tasks that bring
// it about need them.
import TestSupport

extension Eventually {
  /// Whether the condition holds, at the latest after twenty seconds.
  static func holds(_ condition: () -> Bool) async -> Bool {
    let deadline = ContinuousClock.now + .seconds(20)
    while ContinuousClock.now < deadline {
      if condition() { return true }
      try? await Task.sleep(for: .milliseconds(1))
    }
    return condition()
  }
}
