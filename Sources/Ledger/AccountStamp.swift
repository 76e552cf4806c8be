// By what two states of one account are told apart without looking at them: both the ledger that is and one
// that was lost count revisions, but they do not rewrite a row at the same instant.

package struct AccountStamp: Sendable, Equatable {
  package let revision: Int64
  package let updatedAt: Instant

  package init(revision: Int64, updatedAt: Instant) {
    self.revision = revision
    self.updatedAt = updatedAt
  }

  /// Whether an account that was in this state may be in the other one now.
  package func mayBecome(_ other: AccountStamp) -> Bool { self == other || revision < other.revision }
}
