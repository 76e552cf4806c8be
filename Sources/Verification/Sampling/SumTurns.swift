// When the sums of which type are compared: all of them soon after the start, and then each again after a
// pause that is long beside what the comparison cost, for it reads every account of the type. It is pure.
import EventLoop
import Ledger

struct SumTurns: Sendable {
  private static let pauseMin = Duration.seconds(60)
  /// So many times as long as the comparison took.
  private static let pauseFactor = 200

  private var ends: [PointTypeID: MonotonicInstant] = [:]

  /// The type that has waited longest, if its pause is over.
  func due(among types: [PointType], at now: MonotonicInstant) -> PointType? {
    let waiting = types.filter { ends[$0.id].map { $0 <= now } ?? true }
    return waiting.min { ends[$0.id]?.nanoseconds ?? 0 < ends[$1.id]?.nanoseconds ?? 0 }
  }

  mutating func note(_ type: PointTypeID, from begin: MonotonicInstant, to end: MonotonicInstant) {
    let cost = Duration.nanoseconds(end.nanoseconds(since: begin))
    ends[type] = end + max(Self.pauseMin, cost * Self.pauseFactor)
  }
}
