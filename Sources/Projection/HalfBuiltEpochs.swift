// Who is killed while it builds a mirror beside the live one leaves what it has built, and everybody goes on
// writing to both. A rebuild would drop it first, but one need not come for months. So whoever follows does,
// once it has lain there for a while and nobody has the lease of rebuilds.
import BoardStore
import EventLoop
import Ledger

struct HalfBuiltEpochs {
  /// So long it must have been seen; also between two attempts.
  static let grace = Duration.seconds(60)

  private var seen: [PointTypeID: (epochs: MirrorEpochs, since: MonotonicInstant)] = [:]

  /// Of these mirrors, which are followed, those with one beside them that may be dropped if nobody is at it
  /// now.
  mutating func due(of states: [MirrorState], at now: MonotonicInstant) -> [PointTypeID] {
    var due: [PointTypeID] = []
    var still: [PointTypeID: (epochs: MirrorEpochs, since: MonotonicInstant)] = [:]
    for state in states where state.epochs.building != nil {
      var since = now
      if let earlier = seen[state.pointType], earlier.epochs == state.epochs { since = earlier.since }
      if since + Self.grace <= now {
        due.append(state.pointType)
        since = now
      }
      still[state.pointType] = (state.epochs, since)
    }
    seen = still
    return due
  }
}
