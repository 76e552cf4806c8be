// Who of the members of a board is listed and ranked.
package import Ledger

package struct Eligibility: Sendable, Hashable {
  /// Scores below this are not listed.
  package var minScore: Int64?
  /// Neither is who has fewer entries that count.
  package var minCount: Int64?
  /// Neither is who is disabled.
  package var enabledOnly: Bool

  package init(minScore: Int64? = nil, minCount: Int64? = nil, enabledOnly: Bool = false) {
    self.minScore = minScore
    self.minCount = minCount
    self.enabledOnly = enabledOnly
  }

  package func admits(_ slot: BoardSlot, isEnabled: Bool) -> Bool {
    if enabledOnly, !isEnabled { return false }
    if let minScore, slot.score < minScore { return false }
    if let minCount, slot.count < minCount { return false }
    return true
  }
}
