// Which of its states an account is in.

package struct AccountRevision: Sendable, Hashable {
  package let key: AccountKey
  package let revision: Int64

  package init(_ key: AccountKey, _ revision: Int64) {
    self.key = key
    self.revision = revision
  }
}
