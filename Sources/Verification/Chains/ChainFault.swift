// What is wrong with an account in the ledger itself. Nobody repairs that: which of two figures is the true
// one is for people to say.
package import Ledger

package struct ChainFault: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case gap
    case apart
    case miscounted
    case totals
    case reversal
    case backInTime = "back_in_time"
    /// The account's row is not the last link of its chain.
    case lastLink = "last_link"
    case held
    case noTransactions = "no_transactions"
    case noAccount = "no_account"
    case noUser = "no_user"
    /// Name or state that the account shows are not those of its user.
    case userCopy = "user_copy"
    /// A remembered request names a posting that is not there.
    case lostPosting = "lost_posting"
  }

  package let kind: Kind
  /// Nil for what belongs to no account.
  package let key: AccountKey?
  package let expected: String
  package let found: String

  package init(_ kind: Kind, _ key: AccountKey?, expected: String, found: String) {
    self.kind = kind
    self.key = key
    self.expected = expected
    self.found = found
  }
}

extension ChainFault {
  package init(lost posting: PostingID) {
    self.init(.lostPosting, nil, expected: "posting \(posting)", found: "none of its transactions")
  }
}
