// What is known of an account whose chain, row or user does not fit: enough to say what is wrong. Which of it
// is wrong is judged by whoever verifies.
package import Ledger

package struct CheckedChain: Sendable, Equatable {
  /// What must hold from one transaction to the next.
  package enum Rule: String, Sendable, CaseIterable {
    /// The versions have no gap.
    case gap
    /// It begins where the one before ended.
    case apart
    /// It ends where its amount leads.
    case miscounted
    /// The running totals follow from its kind and amount.
    case totals
    /// It takes back a transaction before it, of the other direction, and no more than is left of that.
    case reversal
    /// It was made after the one before.
    case backInTime
  }

  /// What the chain comes to.
  package struct End: Sendable, Equatable {
    package var version: Int64
    package var balance: Int64
    package var totalEarned: Int64
    package var totalSpent: Int64
    package var lastAt: Instant
    package var earnedAt: Instant?

    package init(
      version: Int64, balance: Int64, totalEarned: Int64, totalSpent: Int64, lastAt: Instant,
      earnedAt: Instant?
    ) {
      self.version = version
      self.balance = balance
      self.totalEarned = totalEarned
      self.totalSpent = totalSpent
      self.lastAt = lastAt
      self.earnedAt = earnedAt
    }
  }

  /// What an account shows of its user, or what the user's row says.
  package struct UserTraits: Sendable, Equatable {
    package var displayName: String?
    package var isEnabled: Bool

    package init(displayName: String?, isEnabled: Bool) {
      self.displayName = displayName
      self.isEnabled = isEnabled
    }
  }

  package var key: AccountKey
  /// How many transactions there are.
  package var links: Int64
  /// Nil if there is none.
  package var end: End?
  /// The lowest version at which each rule is broken.
  package var broken: [Rule: Int64]
  /// Nil if there is no row.
  package var account: Account?
  package var userCopy: UserTraits?
  package var user: UserTraits?

  package init(
    key: AccountKey, links: Int64, end: End?, broken: [Rule: Int64] = [:], account: Account?,
    userCopy: UserTraits?, user: UserTraits?
  ) {
    self.key = key
    self.links = links
    self.end = end
    self.broken = broken
    self.account = account
    self.userCopy = userCopy
    self.user = user
  }
}

/// Some remembered requests that were checked.
package struct CheckedRequests: Sendable {
  package var requests: Int64 = 0
  package var missing: [PostingID] = []
}
