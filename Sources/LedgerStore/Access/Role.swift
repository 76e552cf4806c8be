// What a service may do. The roles are steps: each may do all that those below it may.

package enum Role: String, Sendable, CaseIterable, Comparable {
  /// Reads boards and ranks.
  case reader
  /// Reads everything of users and posts.
  case service
  /// Pays rewards out, and corrects what was paid.
  case payouts
  /// Manages point types, users, keys, jobs, and by which rules rewards are given.
  case admin

  package static func < (one: Role, other: Role) -> Bool { one.step < other.step }

  private var step: Int {
    switch self {
    case .reader: 0
    case .service: 1
    case .payouts: 2
    case .admin: 3
    }
  }
}
