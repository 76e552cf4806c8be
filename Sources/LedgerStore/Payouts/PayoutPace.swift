// How fast a payout goes on: as fast as it can while nobody else posts, and with time for the others as soon
// as they do. Whether they do the ledger knows, whichever process they come to: each posting, or several
// together, is a batch, and batches are numbered.

struct PayoutPace {
  private static let pauseMost = Duration.milliseconds(100)
  /// Over so many postings of our own the others are counted, of whom a few hide behind those under way.
  private static let window = 16

  /// Where counting began: the last batch there was, and how many postings of our own were under way.
  private var begin: (batch: Int64, underWay: Int)?
  private var settled = 0
  private(set) var isShared = false

  /// How many postings may be under way: two in Postgres, one that is shown to Redis, and one that is read.
  var postingsAtOnce: Int { isShared ? 1 : 4 }

  /// How long to wait once a posting that took so long is settled, and was a batch. `batches` is the number
  /// of the last batch by then. Small ones may share a batch; then others are seen a little later.
  mutating func pause(after took: Duration, batches: Int64?, ownUnderWay: Int) -> Duration {
    guard let batches else { return .zero }
    settled += 1
    let wasShared = isShared
    if let begin {
      // Of our own that are under way some may be counted, and of those under way at the beginning some were.
      // Others are there when it cannot be otherwise, and gone when it cannot be otherwise.
      let others = batches - begin.batch - Int64(settled)
      isShared = wasShared ? others + Int64(begin.underWay) > 0 : others > Int64(ownUnderWay)
    }
    if begin == nil || wasShared || isShared || settled == Self.window {
      begin = (batches, ownUnderWay)
      settled = 0
    }
    return isShared ? min(took, Self.pauseMost) : .zero
  }
}
