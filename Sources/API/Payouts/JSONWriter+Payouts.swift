// Payouts as callers read them.
import Cryptography
import JSON
import Ledger
import LedgerStore
import Rewards

extension JSONWriter {
  mutating func distribution(_ distribution: Distribution, _ sums: [PayoutSum]?, _ types: PointTypeCatalog) {
    object {
      $0.field("id", distribution.id)
      $0.field("snapshotId", distribution.snapshot)
      $0.ranks(distribution.board, distribution.period, types)
      $0.field("status", distribution.status.rawValue)
      $0.field("phase", distribution.phase.rawValue)
      $0.field("reason", orNull: distribution.reason)
      $0.field("isCorrection", distribution.isCorrection)
      $0.field("rulesAt", distribution.rulesAt)
      $0.field("ties", distribution.ties.rawValue)
      $0.field("winners", Int64(distribution.winners))
      $0.field("legs", Int64(distribution.legs))
      $0.field("tiedScores", Int64(distribution.tiedScores))
      $0.field("tiedUsers", Int64(distribution.tiedUsers))
      $0.field("credited", distribution.progress.credited)
      $0.field("refused", distribution.progress.refused)
      if let sums { $0.arrayField("sums") { for sum in sums { $0.sum(sum, types) } } }
      $0.field("hash", Hexadecimal.text(of: distribution.hash.bytes))
      $0.field("needsApproval", distribution.needsApproval)
      $0.field("plannedAt", distribution.planned.at)
      $0.field("plannedBy", distribution.planned.name)
      $0.field("decidedAt", orNull: distribution.decided?.at)
      $0.field("decidedBy", orNull: distribution.decided?.name)
      $0.field("executedAt", orNull: distribution.executedAt)
    }
  }

  /// What would be paid.
  mutating func preview(
    _ plan: PayoutPlan, of snapshot: Snapshot, by terms: DistributionStore.Terms, refusable: [UserID],
    _ types: PointTypeCatalog
  ) {
    object {
      $0.field("preview", true)
      $0.field("snapshotId", snapshot.id)
      $0.ranks(snapshot.plan.board, snapshot.plan.period, types)
      $0.field("isCorrection", plan.isCorrection)
      $0.field("rulesAt", terms.at)
      $0.field("ties", terms.terms.ties.rawValue)
      $0.field("winners", Int64(plan.winners))
      $0.field("legs", Int64(plan.legs.count))
      $0.field("tiedScores", Int64(plan.tiedScores))
      $0.field("tiedUsers", Int64(plan.tiedUsers))
      $0.arrayField("sums") { for sum in plan.sums { $0.sum(sum, types) } }
      $0.field("hash", Hexadecimal.text(of: plan.hash.bytes))
      $0.field("needsApproval", terms.needsApproval)
      $0.field("excluded", Int64(refusable.count))
      $0.arrayField("excludedUsers") { for user in refusable.prefix(Self.shown) { $0.string(user.text) } }
      $0.arrayField("lines") {
        for (index, leg) in plan.legs.prefix(Self.shown).enumerated() {
          $0.object { $0.line(NumberedLeg(number: Int32(clamping: index + 1), leg: leg), types) }
        }
      }
    }
  }

  private static var shown: Int { 100 }

  private mutating func ranks(
    _ board: SnapshotBoard, _ period: SnapshotPlan.Period?, _ types: PointTypeCatalog
  ) {
    field("pointType", types.name(of: board.pointType))
    field("board", board.name)
    field("category", orNull: board.category.isEmpty ? nil : board.category)
    field("period", orNull: period?.label)
  }

  private mutating func sum(_ sum: PayoutSum, _ types: PointTypeCatalog) {
    object {
      $0.field("pointType", types.name(of: sum.pointType))
      $0.key("given")
      $0.raw(Array("\(sum.given)".utf8).span)
      $0.key("taken")
      $0.raw(Array("\(sum.taken)".utf8).span)
      $0.field("budget", orNull: sum.budget)
    }
  }

  /// The members of a line.
  mutating func line(_ line: NumberedLeg, _ types: PointTypeCatalog) {
    let leg = line.leg
    field("leg", Int64(line.number))
    field("userId", leg.user)
    field("rank", orNull: leg.standing.map { Int64($0.rank) })
    field("place", orNull: leg.standing.map { Int64($0.place) })
    field("pointType", types.name(of: leg.pointType))
    field("amount", leg.amount)
    field("ruleId", orNull: leg.rule)
    switch leg.change {
    case .give:
      field("change", "give")
      key("takesBack")
      null()
    case .takeBack(let original):
      field("change", "takeBack")
      field("takesBack", original)
    }
  }

  mutating func paidLine(_ paid: PaidLeg, _ types: PointTypeCatalog) {
    object {
      $0.line(paid.line, types)
      switch paid.outcome {
      case .waiting: $0.outcome("waiting", nil, nil)
      case .posted(let id): $0.outcome("posted", id, nil)
      case .refused(let refusal): $0.outcome("refused", nil, refusal)
      }
      $0.arrayField("transactionIds") { for id in paid.transactions { $0.string(id.description) } }
    }
  }

  private mutating func outcome(
    _ state: StaticString, _ transaction: TransactionID?, _ refusal: Refusal?
  ) {
    field("state", state)
    field("transactionId", orNull: transaction)
    field("refusal", orNull: refusal?.storedName)
    field("detail", orNull: refusal?.sentence)
  }

  /// Why somebody got something.
  mutating func reward(
    _ id: TransactionID, _ paid: PaidLeg, of distribution: Distribution, _ rule: RewardRuleVersion?,
    _ standing: SnapshotEntry?, _ types: PointTypeCatalog
  ) {
    object {
      $0.field("transactionId", id)
      $0.field("distributionId", distribution.id)
      $0.field("isCorrection", distribution.isCorrection)
      $0.field("snapshotId", distribution.snapshot)
      $0.key("ranks")
      $0.object { $0.ranks(distribution.board, distribution.period, types) }
      $0.key("line")
      $0.object { $0.line(paid.line, types) }
      $0.key("rule")
      $0.rule(rule)
      $0.field("score", orNull: standing?.score)
      $0.field("reachedAt", orNull: standing?.reachedAt)
      $0.field(
        "explanation",
        orNull: standing.map { _ in ScoreLink.path(of: paid.line.leg.user, in: distribution, types) })
    }
  }

  private mutating func rule(_ rule: RewardRuleVersion?) {
    guard let rule else { return null() }
    object {
      $0.field("id", rule.id)
      $0.field("name", orNull: rule.traits.name)
      $0.field("revision", Int64(rule.revision))
    }
  }
}
