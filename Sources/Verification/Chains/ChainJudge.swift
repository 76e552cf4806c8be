// Says what is wrong with an account, of what the ledger told about it. It is pure: the statement finds the
// accounts, this names the faults.
import Ledger
package import LedgerStore

package enum ChainJudge {
  /// Each kind at most once.
  package static func faults(of chain: CheckedChain) -> [ChainFault] {
    broken(chain) + missing(chain) + lastLink(chain) + copies(chain)
  }

  private static func broken(_ chain: CheckedChain) -> [ChainFault] {
    CheckedChain.Rule.allCases.compactMap { rule in
      chain.broken[rule].map { version in
        let (kind, promise) = sentence(rule)
        return ChainFault(kind, chain.key, expected: promise, found: "version \(version) does not")
      }
    }
  }

  private static func sentence(_ rule: CheckedChain.Rule) -> (ChainFault.Kind, String) {
    switch rule {
    case .gap: (.gap, "a transaction follows the version before it")
    case .apart: (.apart, "a transaction begins where the one before ended")
    case .miscounted: (.miscounted, "a transaction ends where its amount leads")
    case .totals: (.totals, "running totals follow from kind and amount")
    case .reversal: (.reversal, "a reversal takes back no more than is left of an earlier transaction")
    case .backInTime: (.backInTime, "a transaction is not older than the one before")
    }
  }

  private static func missing(_ chain: CheckedChain) -> [ChainFault] {
    var faults: [ChainFault] = []
    if chain.account == nil {
      faults.append(
        ChainFault(.noAccount, chain.key, expected: "an account", found: "\(chain.links) transactions only"))
    }
    if chain.end == nil {
      faults.append(
        ChainFault(.noTransactions, chain.key, expected: "transactions", found: "an account only"))
    }
    if chain.user == nil {
      faults.append(ChainFault(.noUser, chain.key, expected: "a user", found: "none"))
    }
    return faults
  }

  private static func lastLink(_ chain: CheckedChain) -> [ChainFault] {
    guard let account = chain.account else { return [] }
    var faults: [ChainFault] = []
    if let end = chain.end {
      let row = CheckedChain.End(
        version: account.version, balance: account.balance, totalEarned: account.totalEarned,
        totalSpent: account.totalSpent, lastAt: account.lastTransactionAt ?? end.lastAt,
        earnedAt: account.earnedAt)
      if row != end || account.lastTransactionAt == nil || account.revision < account.version {
        faults.append(
          ChainFault(
            .lastLink, chain.key, expected: text(end),
            found: "\(text(row)), revision \(account.revision)"))
      }
    }
    if !(0...max(0, account.balance)).contains(account.held) {
      faults.append(
        ChainFault(.held, chain.key, expected: "0 to \(account.balance) held", found: "\(account.held)"))
    }
    return faults
  }

  private static func copies(_ chain: CheckedChain) -> [ChainFault] {
    guard let copy = chain.userCopy, let user = chain.user, !isSame(copy, user) else { return [] }
    return [ChainFault(.userCopy, chain.key, expected: text(user), found: text(copy))]
  }

  /// Names are compared as bytes: two spellings of one letter are two names.
  private static func isSame(_ left: CheckedChain.UserTraits, _ right: CheckedChain.UserTraits) -> Bool {
    left.isEnabled == right.isEnabled
      && left.displayName.map { Array($0.utf8) } == right.displayName.map { Array($0.utf8) }
  }

  private static func text(_ end: CheckedChain.End) -> String {
    "version \(end.version), balance \(end.balance), earned \(end.totalEarned), spent \(end.totalSpent), "
      + "at \(end.lastAt.microseconds), earned at \(end.earnedAt?.microseconds ?? 0)"
  }

  private static func text(_ traits: CheckedChain.UserTraits) -> String {
    "\(traits.displayName ?? "no name"), \(traits.isEnabled ? "enabled" : "disabled")"
  }
}
