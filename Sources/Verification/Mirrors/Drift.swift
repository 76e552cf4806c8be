// A difference between the ledger and what Redis holds that is no matter of time.
package import BoardStore
package import Ledger

package struct Drift: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    /// The mirror lacks the account.
    case missing
    /// It has an older revision, though everything up to that one has been followed.
    case outdated
    /// It has a revision that the ledger has not reached.
    case ahead
    /// It has another state at the same revision.
    case differing
    /// The ledger has no such account.
    case ghostAccount = "ghost_account"
    /// The account is not on the board it belongs on, or not with its time.
    case unlisted
    /// Its score is another.
    case misscored
    /// A member of a board belongs to no account.
    case ghostMember = "ghost_member"
    /// A member of a board belongs to an account that is not there, or there with another time.
    case strayMember = "stray_member"
    /// A board with dense ranks counts scores that no member has.
    case ghostScore = "ghost_score"
    /// The kept sum of a board is not the sum of its members.
    case sum

    /// Whether the account itself is not as it should be.
    package var isOfState: Bool {
      switch self {
      case .missing, .outdated, .ahead, .differing, .ghostAccount: true
      case .unlisted, .misscored, .ghostMember, .strayMember, .ghostScore, .sum: false
      }
    }
  }

  package let kind: Kind
  package let pointType: PointTypeID
  /// Nil for what belongs to no user.
  package let user: UserID?
  package let board: MirroredSet?
  package let expected: String
  package let found: String

  /// As it is told.
  package var boardName: String? { board?.description }

  package init(
    _ kind: Kind, _ pointType: PointTypeID, user: UserID?, board: MirroredSet? = nil, expected: String,
    found: String
  ) {
    self.kind = kind
    self.pointType = pointType
    self.user = user
    self.board = board
    self.expected = expected
    self.found = found
  }
}
