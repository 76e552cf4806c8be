// A session comes, works and goes; its place in the pool stays, with what is known of it.

/// One place for a session.
struct PoolSlot {
  enum Phase: Equatable {
    /// No session and none on its way. Becomes `connecting` when there is need.
    case empty
    /// A handshake is under way. Becomes `serving` or `resting`.
    case connecting
    /// The last attempt failed or its session died young. Becomes `connecting` when the delay is over.
    case resting
    /// A session with that many statements under way; zero is idle.
    case serving(Int)
    /// A session that somebody has alone. Becomes idle when it is given back.
    case lent
  }

  var phase = Phase.empty
  /// Attempts since the slot's last finished work.
  var attempt = 0
  /// Counts the slot's sessions: what was lent by an earlier one is not given back to this one.
  var generation = 0
  var wasUsed = false
}
