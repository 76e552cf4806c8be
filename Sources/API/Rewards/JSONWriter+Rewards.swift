// Rules and terms of rewards as they are told, and what is odd about them.
import Boards
import HTTPServer
import JSON
import Ledger
import LedgerStore
import Rewards

extension JSONWriter {
  /// A rule; what was odd when it was saved only where that is asked for.
  mutating func rule(
    _ rule: RewardRuleVersion, _ types: PointTypeCatalog, warnings: [RewardCoverage.Gap]? = nil
  ) {
    let traits = rule.traits
    object {
      $0.field("id", rule.id)
      $0.field("revision", Int64(rule.revision))
      $0.place(rule.place, types)
      $0.field("name", orNull: traits.name)
      $0.reach(traits.reach)
      let single = traits.rewards.count == 1 ? traits.rewards.first : nil
      $0.field("rewardPointType", orNull: single.map { types.name(of: $0.pointType) })
      $0.field("rewardAmount", orNull: single.map { Int64(clamping: $0.amount) })
      $0.amounts("rewards", traits.rewards.map { ($0.pointType, Int64(clamping: $0.amount)) }, types)
      $0.field("active", traits.isActive)
      $0.validity(rule.validity)
      if let warnings {
        $0.arrayField("warnings") { for gap in warnings { $0.warning(of: gap) } }
      }
    }
  }

  mutating func terms(_ terms: RewardTermsVersion, _ types: PointTypeCatalog) {
    let traits = terms.traits
    object {
      $0.field("revision", Int64(terms.revision))
      $0.place(terms.place, types)
      $0.field("ties", traits.terms.ties.rawValue)
      let budgets = traits.terms.budgets.sorted { $0.key < $1.key }
      $0.amounts("budgets", budgets.map { ($0.key, $0.value) }, types)
      $0.field("approval", RewardApproval(traits.needsApproval).rawValue)
      $0.field("automatic", traits.isAutomatic)
      $0.validity(terms.validity)
    }
  }

  private mutating func place(_ place: NamedRewardScope, _ types: PointTypeCatalog) {
    let key = place.scope.board.flatMap { SnapshotBoard.Key(text: $0) }
    field("pointType", types.name(of: place.scope.pointType))
    field("board", orNull: place.boardName)
    field("boardId", orNull: key?.definedID)
    field("category", orNull: place.category.isEmpty ? nil : place.category)
  }

  private mutating func reach(_ reach: RewardReach) {
    switch reach {
    case .ranks(let ranks): self.reach(ranks: ranks, share: nil)
    case .share(let above, let top): self.reach(ranks: nil, share: (above, top))
    }
  }

  private mutating func reach(ranks: ClosedRange<Int64>?, share: (above: Int64, top: Int64)?) {
    field("minRank", orNull: ranks?.lowerBound)
    field("maxRank", orNull: ranks?.upperBound)
    percent("abovePercent", share?.above)
    percent("topPercent", share?.top)
  }

  private mutating func percent(_ name: StaticString, _ hundredths: Int64?) {
    guard let hundredths else {
      key(name)
      return null()
    }
    field(name, Hundredths(count: Int128(hundredths)))
  }

  private mutating func amounts(
    _ name: StaticString, _ amounts: [(type: PointTypeID, amount: Int64)], _ types: PointTypeCatalog
  ) {
    arrayField(name) {
      for one in amounts {
        $0.object {
          $0.field("pointType", types.name(of: one.type))
          $0.field("amount", one.amount)
        }
      }
    }
  }

  private mutating func validity(_ validity: RewardValidity) {
    field("validFrom", validity.from)
    field("validUntil", orNull: validity.until)
    field("decidedBy", validity.decidedBy)
    field("endedBy", orNull: validity.endedBy)
  }

  private mutating func warning(of gap: RewardCoverage.Gap) {
    let words = Stretch(gap.missing, isOfShares: gap.isOfShares)
    object {
      $0.field("code", "gap")
      $0.field("detail", "No active rule reaches \(words.text), and one reaches those behind.")
      if gap.isOfShares {
        $0.reach(ranks: nil, share: words.share)
      } else {
        $0.reach(ranks: gap.missing, share: nil)
      }
    }
  }
}

/// Ranks or parts of a hundred, in words.
private struct Stretch {
  private let range: ClosedRange<Int64>
  private let isOfShares: Bool

  init(_ range: ClosedRange<Int64>, isOfShares: Bool) {
    self.range = range
    self.isOfShares = isOfShares
  }

  /// The hundredth above which it begins is not its own.
  var share: (above: Int64, top: Int64) { (range.lowerBound - 1, range.upperBound) }

  var text: String {
    if isOfShares {
      let (above, top) = (Hundredths(count: Int128(share.above)), Hundredths(count: Int128(share.top)))
      return "those behind the best \(above) % up to \(top) %"
    }
    return range.count == 1
      ? "rank \(range.lowerBound)" : "the ranks \(range.lowerBound) to \(range.upperBound)"
  }
}

extension Problem {
  /// So many are told in words.
  private static let overlapsToldMax = 5

  /// The members tell of the first, the words of more.
  static func overlapping(_ overlaps: [RewardOverlap]) -> Problem {
    let told = overlaps.prefix(overlapsToldMax).map { overlap in
      let name = overlap.other.traits.name.map { " (\($0))" } ?? ""
      let common = Stretch(overlap.common, isOfShares: overlap.isOfShares)
      return "\(common.text) by the rule \(overlap.other.id)\(name)"
    }
    let rest = overlaps.count - told.count
    let more = rest > 0 ? "; and \(rest) more" : ""
    var members: [Member] = []
    if let first = overlaps.first {
      members.append(.text("ruleId", first.other.id.description))
      let share = Stretch(first.common, isOfShares: true).share
      members +=
        first.isOfShares
        ? [
          .text("abovePercent", Hundredths(count: Int128(share.above)).description),
          .text("topPercent", Hundredths(count: Int128(share.top)).description),
        ]
        : [.integer("minRank", first.common.lowerBound), .integer("maxRank", first.common.upperBound)]
    }
    return Problem(
      .rewardRulesOverlap, "Rewarded already: \(told.joined(separator: "; "))\(more).", members: members)
  }
}

extension RewardRuleVersion {
  /// Those whose names are told with it.
  var types: [PointTypeID] { [scope.pointType] + traits.rewards.map(\.pointType) }
}

extension RewardTermsVersion {
  /// Those whose names are told with it.
  var types: [PointTypeID] { [scope.pointType] + traits.terms.budgets.keys }
}
