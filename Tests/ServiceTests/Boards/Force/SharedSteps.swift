// Several lanes share the steps that all of them saw. What only some saw, such as a second attempt on a busy
// machine, could not be waited for in another.
import Synchronization
import TestSupport

final class SharedSteps: Sendable {
  private let lanes: Int
  private let seen = Mutex<[Int: [Halt]]>([:])

  init(among lanes: Int) {
    self.lanes = lanes
  }

  struct NeverAgreed: Error {}

  /// Waits until all lanes have told what they saw; what all of them did, in the order of the first.
  func agree(_ halts: [Halt], in lane: Int) throws -> [Halt] {
    seen.withLock { $0[lane] = halts }
    let isComplete = Eventually.holds(within: .seconds(90)) { seen.withLock { $0.count == lanes } }
    guard isComplete else { throw NeverAgreed() }
    return agreed
  }

  var agreed: [Halt] {
    seen.withLock { seen in
      (seen[0] ?? []).filter { halt in seen.values.allSatisfy { $0.contains(halt) } }
    }
  }

  /// What was left out, for whoever looks into it.
  var leftOut: [String] {
    let all = agreed
    return seen.withLock { seen in
      seen.flatMap { lane, halts in halts.filter { !all.contains($0) }.map { "lane \(lane): \($0)" } }
    }
  }
}
