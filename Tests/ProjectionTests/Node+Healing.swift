// How soon what was broken must be whole again.
import EventLoop
import Projection

extension Node {
  /// Whether the condition holds within 45 seconds, of which looks at whole boards take the most; what is
  /// promised is held to by `PromptHealingTests`. Not counted is the time for which a follower waits because
  /// a rebuild failed: that is four times what the attempt took, within bounds, and told in its status.
  static func soon(_ nodes: [Node], _ condition: () async throws -> Bool) async throws -> Bool {
    let limit = Duration.seconds(45)
    let last = ContinuousClock.now + .seconds(180)
    var end = ContinuousClock.now + limit
    while try await !condition() {
      for node in nodes where try await node.run({ node.follower.status.rebuildFailure != nil }) {
        end = min(ContinuousClock.now + limit, last)
      }
      guard ContinuousClock.now < end else { return false }
      try await Task.sleep(for: .milliseconds(5))
    }
    return true
  }
}
