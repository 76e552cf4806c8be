// Walks along a chain, link by link in the order of versions: where it has come to, and which rules were
// broken on the way. It is pure, and knows nothing of how links are found.
package import Ledger
package import LedgerStore

package struct ChainWalk: Sendable, Equatable {
  /// Before the first link.
  package static let beginning = CheckedChain.End(
    version: 0, balance: 0, totalEarned: 0, totalSpent: 0, lastAt: Instant(microseconds: .min), earnedAt: nil)

  /// What the chain comes to so far.
  package private(set) var end: CheckedChain.End
  package private(set) var links: Int64
  /// The lowest version at which each rule is broken.
  package private(set) var broken: [CheckedChain.Rule: Int64] = [:]
  /// What must be looked up to be judged, and the version of each.
  package private(set) var reversals: [TransactionID: Int64] = [:]

  /// Goes on behind an end up to which all is well; each version is a link of it.
  package init(from end: CheckedChain.End = Self.beginning) {
    self.end = end
    links = end.version
  }

  /// The next link; one that is wrong is told, and the walk goes on from there.
  package mutating func take(_ link: ChainLink) {
    for rule in CheckedChain.Rule.allCases where !Self.holds(rule, for: link, after: end) {
      note(rule, at: link.version)
    }
    if let reversal = link.reversal { reversals[reversal] = link.version }
    links += 1
    end = Self.end(of: link, after: end)
  }

  /// Whether the link follows from the end, but for what must be looked up.
  package static func follows(_ link: ChainLink, _ end: CheckedChain.End) -> Bool {
    link.version == end.version &+ 1 && link.before == end.balance && isCounted(link)
      && areTotalsRight(link, after: end) && link.createdAt >= end.lastAt
  }

  /// The chain's end with this link.
  package static func end(of link: ChainLink, after end: CheckedChain.End) -> CheckedChain.End {
    var earnedAt = end.earnedAt
    if link.totalEarned != end.totalEarned { earnedAt = max(earnedAt ?? link.createdAt, link.createdAt) }
    return CheckedChain.End(
      version: link.version, balance: link.after, totalEarned: link.totalEarned,
      totalSpent: link.totalSpent, lastAt: link.createdAt, earnedAt: earnedAt)
  }

  /// Reversals were looked up, and these were wrong; the others need not be looked up again.
  package mutating func judged(_ wrong: [(id: TransactionID, rule: CheckedChain.Rule)]) {
    for (id, rule) in wrong {
      if let version = reversals[id] { note(rule, at: version) }
    }
    reversals = [:]
  }

  private mutating func note(_ rule: CheckedChain.Rule, at version: Int64) {
    broken[rule] = min(broken[rule] ?? version, version)
  }

  private static func holds(
    _ rule: CheckedChain.Rule, for link: ChainLink, after end: CheckedChain.End
  ) -> Bool {
    switch rule {
    case .gap: link.version == end.version &+ 1
    case .apart: link.before == end.balance
    case .miscounted: isCounted(link)
    case .totals: areTotalsRight(link, after: end)
    case .reversal: true
    case .backInTime: link.createdAt >= end.lastAt
    }
  }

  private static func isCounted(_ link: ChainLink) -> Bool {
    link.after &- link.before == (link.direction == .credit ? link.amount : 0 &- link.amount)
  }

  /// Those of a reversal follow from what it reverses, which must be looked up.
  private static func areTotalsRight(_ link: ChainLink, after end: CheckedChain.End) -> Bool {
    let earned = link.totalEarned &- end.totalEarned
    let spent = link.totalSpent &- end.totalSpent
    switch (link.direction, link.effect) {
    case (_, .reversal): return true
    case (.credit, .refund): return earned == 0 && spent == 0 &- min(link.amount, end.totalSpent)
    case (.credit, .neutral): return earned == 0 && spent == 0
    case (.credit, .plain), (.credit, .spending): return earned == link.amount && spent == 0
    case (.debit, .spending): return earned == 0 && spent == link.amount
    case (.debit, .plain), (.debit, .refund), (.debit, .neutral): return earned == 0 && spent == 0
    }
  }
}
