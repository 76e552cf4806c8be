// A rebuild may fail for a reason that lasts: Redis is full, say. It is tried again, but not so often that
// trying is all that Redis and Postgres do: between two attempts lies a pause that is four times as long as
// the last one took. So a small mirror is back soon after the reason is gone, and a large one costs a fifth
// at most. What may be over already, such as an answer that came too late, is waited for as long as the
// attempt took.
import BoardStore
import EventLoop
import Ledger

struct RebuildPauses {
  private static let least = Duration.milliseconds(500)
  private static let most = Duration.seconds(60)

  private var ends: [PointTypeID: MonotonicInstant] = [:]
  private var connection = 0

  /// Those of the types that may be tried now. On a new connection everything is: Redis is another one,
  /// maybe.
  mutating func over(of types: [PointTypeID], on connection: Int, at now: MonotonicInstant) -> [PointTypeID] {
    if connection != self.connection {
      self.connection = connection
      ends = [:]
    }
    return types.filter { ends[$0].map { $0 <= now } ?? true }
  }

  mutating func noteFailure(
    of type: PointTypeID, _ error: FollowError, after duration: Duration, at now: MonotonicInstant
  ) {
    let pause = error.mayBeOver ? duration : duration * 4
    ends[type] = now + min(max(pause, Self.least), Self.most)
  }

  mutating func noteSuccess(of type: PointTypeID) {
    ends[type] = nil
  }
}

extension FollowError {
  fileprivate var mayBeOver: Bool {
    switch self {
    case .interrupted, .mirror(.redis), .mirror(.noMirror), .mirror(.building), .mirror(.unproven),
      .mirror(.unknownBoard):
      true
    case .ledger, .mirror: false
    }
  }
}
