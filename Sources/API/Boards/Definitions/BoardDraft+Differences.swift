// How far a board is what somebody wants it to be.
package import Boards
package import Ledger
import LedgerStore

extension BoardDraft {
  /// The fields in which the board differs and that nothing changes any more; what is shown of it is none of
  /// them.
  package func differences(
    from board: DefinedBoard, of type: PointType, hasEachCategory: Bool, seasons known: Set<String>
  ) -> [String] {
    let (wanted, there) = (traits, board.definition.traits)
    var names: [String] = []
    func compare(_ name: String, _ isSame: Bool) {
      if !isSame { names.append(name) }
    }
    compare("pointType", board.definition.pointType == type.id)
    compare("metric", wanted.metric == there.metric)
    compare("categories", wanted.filter.categories == there.filter.categories)
    compare("eachCategory", eachCategory == hasEachCategory)
    compare("countRewards", wanted.filter.countsRewards == there.filter.countsRewards)
    compare("period", wanted.rule == there.rule)
    compare("timeZone", wanted.timeZone == there.timeZone)
    compare("graceSeconds", wanted.graceSeconds == there.graceSeconds)
    compare("rankStyle", wanted.order.style == there.order.style)
    compare("direction", wanted.order.isAscending == there.order.isAscending)
    compare("minScore", wanted.eligibility.minScore == there.eligibility.minScore)
    compare("minCount", wanted.eligibility.minCount == there.eligibility.minCount)
    compare("enabledOnly", wanted.eligibility.enabledOnly == there.eligibility.enabledOnly)
    compare("seasons", seasons.allSatisfy { known.contains($0.label) })
    return names
  }
}
