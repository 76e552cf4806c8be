// When the sums of which type are compared: all of them soon after the start, and then each again after a
// pause that is long beside what the comparison cost, for it reads every account of the type. A sum that is
// in doubt, because an account was repaired, is compared sooner. It is pure.
import EventLoop
import Ledger

struct SumTurns: Sendable {
  private static let pauseMin = Duration.seconds(60)
  /// So many times as long as the comparison took; and as long as one takes whose outcome is in doubt.
  private static let pauseFactor = 200
  private static let doubtfulPauseFactor = 20

  private struct Pauses {
    var end: MonotonicInstant
    var endInDoubt: MonotonicInstant
  }

  private var pauses: [PointTypeID: Pauses] = [:]
  private var doubted: Set<PointTypeID> = []

  /// The type that has waited longest, if its pause is over: of those in doubt, or of all.
  func due(among types: [PointType], at now: MonotonicInstant, onlyInDoubt: Bool = false) -> PointType? {
    let waiting = types.filter { type in
      guard !onlyInDoubt || doubted.contains(type.id) else { return false }
      return end(of: type.id).map { $0 <= now } ?? true
    }
    return waiting.min { end(of: $0.id)?.nanoseconds ?? 0 < end(of: $1.id)?.nanoseconds ?? 0 }
  }

  private func end(of type: PointTypeID) -> MonotonicInstant? {
    doubted.contains(type) ? pauses[type]?.endInDoubt : pauses[type]?.end
  }

  func isInDoubt(_ type: PointTypeID) -> Bool { doubted.contains(type) }

  mutating func doubt(_ type: PointTypeID) { doubted.insert(type) }

  /// The sums of the type are known.
  mutating func settle(_ type: PointTypeID) { doubted.remove(type) }

  mutating func note(_ type: PointTypeID, from begin: MonotonicInstant, to end: MonotonicInstant) {
    let cost = Duration.nanoseconds(end.nanoseconds(since: begin))
    pauses[type] = Pauses(
      end: end + max(Self.pauseMin, cost * Self.pauseFactor),
      endInDoubt: end + cost * Self.doubtfulPauseFactor)
  }
}
