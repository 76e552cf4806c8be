// What the lanes of a worker have done, for the metrics.
import Ledger

package struct LaneCounters: Sendable {
  package private(set) var batches = 0
  package private(set) var postings = 0
  package private(set) var transactions = 0
  package private(set) var refusals = 0
  package private(set) var replays = 0
  package internal(set) var failedBatches = 0
  package internal(set) var refusedForLoad = 0

  package init() {}

  mutating func note(_ settled: SettledBatch) {
    batches += 1
    postings += settled.verdicts.count
    transactions += settled.transactions.count
    for verdict in settled.verdicts {
      switch verdict {
      case .refused: refusals += 1
      case .replayed, .twin: replays += 1
      case .accepted, .conflicting, .typeGone: break
      }
    }
  }

  package mutating func add(_ other: LaneCounters) {
    batches += other.batches
    postings += other.postings
    transactions += other.transactions
    refusals += other.refusals
    replays += other.replays
    failedBatches += other.failedBatches
    refusedForLoad += other.refusedForLoad
  }
}
