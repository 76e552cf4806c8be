// The next links of a chain, and what else there is of its account, of one moment.
package import Ledger

package struct ReadChain: Sendable {
  package internal(set) var links: [ChainLink] = []
  /// Nil if there is no row.
  package internal(set) var account: Account?
  package internal(set) var userCopy: CheckedChain.UserTraits?
  package internal(set) var user: CheckedChain.UserTraits?

  init() {}
}

/// Of which chain the links behind which version are asked for.
package struct ChainPlace: Sendable {
  package let key: AccountKey
  package let version: Int64

  package init(_ key: AccountKey, after version: Int64) {
    self.key = key
    self.version = version
  }
}
