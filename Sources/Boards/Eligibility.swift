// Who of those with a place on a board is listed and ranked there.
package import Ledger

package struct Eligibility: Sendable, Hashable {
  package let minScore: Int64?
  package let minCount: Int64?
  package let enabledOnly: Bool

  package init(minScore: Int64? = nil, minCount: Int64? = nil, enabledOnly: Bool = true) {
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
