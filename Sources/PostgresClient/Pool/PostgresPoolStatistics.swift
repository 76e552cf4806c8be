// What a pool tells about itself: for /ready in words, for /metrics in numbers.

/// Whether Postgres can be asked.
package enum PostgresHealth: Sendable, Equatable {
  case ready
  /// The reason is a sentence for people.
  case notReady(String)
  /// The server is too old; trying again will not help.
  case unsupported(String)
}

/// Numbers of one pool since its start; the last three are of this moment.
package struct PostgresPoolStatistics: Sendable {
  package internal(set) var statements = 0
  package internal(set) var roundTrips = 0
  package internal(set) var notices = 0
  /// How often somebody had to wait for a session.
  package internal(set) var waits = 0
  /// How often somebody waited in vain.
  package internal(set) var refusals = 0
  package internal(set) var connects = 0
  package internal(set) var connectFailures = 0
  /// Sessions that ended without being asked to.
  package internal(set) var losses = 0

  package internal(set) var sessions = 0
  package internal(set) var answersInFlight = 0
  package internal(set) var waiting = 0

  mutating func add(_ session: PostgresSession) {
    retire(session)
    guard session.isReady else { return }
    sessions += 1
    answersInFlight += session.inFlight
  }

  /// Keeps the numbers of a session that has ended.
  mutating func retire(_ session: PostgresSession) {
    statements += session.statistics.statements
    roundTrips += session.statistics.roundTrips
    notices += session.notices.count
  }
}

extension PostgresPoolStatistics {
  /// Of two pools together.
  package static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.statements += right.statements
    sum.roundTrips += right.roundTrips
    sum.notices += right.notices
    sum.waits += right.waits
    sum.refusals += right.refusals
    sum.connects += right.connects
    sum.connectFailures += right.connectFailures
    sum.losses += right.losses
    sum.sessions += right.sessions
    sum.answersInFlight += right.answersInFlight
    sum.waiting += right.waiting
    return sum
  }
}
