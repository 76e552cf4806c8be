// How fast a payout goes on: as fast as it can while nobody else posts, and with time for the others as soon
// as they do. Whether they do the ledger knows, whichever process they come to: each posting, or several
// together, is a batch, and batches are numbered.

struct PayoutPace {
  private static let pauseMost = Duration.milliseconds(100)

  /// The last batch that was seen.
  private var last: Int64?
  private(set) var isShared = false

  /// How many postings may be under way.
  var postingsAtOnce: Int { isShared ? 1 : 2 }

  /// How long to wait once a posting that took so long is settled. `batches` is the number of the last batch
  /// by then; of those that are new one is the posting itself, and others of our own may be among them.
  mutating func pause(after took: Duration, batches: Int64?, ownUnderWay: Int) -> Duration {
    guard let batches else { return .zero }
    if let last { isShared = batches - last > Int64(1 + ownUnderWay) }
    last = batches
    return isShared ? min(took, Self.pauseMost) : .zero
  }
}
