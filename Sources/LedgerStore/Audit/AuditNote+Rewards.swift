// What is noted of rewards: by which rules and terms they are given.
import Ledger
import Rewards

extension AuditNote {
  static func saved(
    _ rule: RewardRuleVersion, instead before: RewardRuleVersion?, by actor: Actor
  ) -> AuditNote {
    AuditNote(
      actor, before == nil ? .rewardRuleCreated : .rewardRuleChanged, of: rule,
      changes(from: before?.traits, to: rule.traits))
  }

  static func removed(_ rule: RewardRuleVersion, by actor: Actor) -> AuditNote {
    AuditNote(actor, .rewardRuleRemoved, of: rule, changes(from: rule.traits, to: nil))
  }

  private init(_ actor: Actor, _ action: Action, of rule: RewardRuleVersion, _ changes: [Change]) {
    self.init(
      actor, action, subject: rule.id.description, name: rule.traits.name ?? rule.traits.reach.words, changes)
  }

  private static func changes(from was: RewardRuleTraits?, to became: RewardRuleTraits?) -> [Change] {
    [
      Change("name", from: was?.name, to: became?.name),
      Change("reach", from: was?.reach.words, to: became?.reach.words),
      Change("rewards", from: was?.rewards.words, to: became?.rewards.words),
      Change("active", from: was.map { "\($0.isActive)" }, to: became.map { "\($0.isActive)" }),
    ]
  }

  // MARK: Terms

  static func set(
    _ terms: RewardTermsTraits, of place: NamedRewardScope, instead before: RewardTermsTraits?,
    by actor: Actor
  ) -> AuditNote {
    AuditNote(actor, .rewardTermsSet, of: place, from: before, to: terms)
  }

  static func removed(_ terms: RewardTermsTraits, of place: NamedRewardScope, by actor: Actor) -> AuditNote {
    AuditNote(actor, .rewardTermsRemoved, of: place, from: terms, to: nil)
  }

  private init(
    _ actor: Actor, _ action: Action, of place: NamedRewardScope, from was: RewardTermsTraits?,
    to became: RewardTermsTraits?
  ) {
    let name = [place.boardName ?? "", place.category].filter { !$0.isEmpty }.joined(separator: "/")
    self.init(
      actor, action, subject: place.scope.subject, name: name,
      [
        Change("ties", from: was?.terms.ties.rawValue, to: became?.terms.ties.rawValue),
        Change("budgets", from: was?.terms.budgets.words, to: became?.terms.budgets.words),
        Change("approval", from: was?.approvalWord, to: became?.approvalWord),
        Change("automatic", from: was.map { "\($0.isAutomatic)" }, to: became.map { "\($0.isAutomatic)" }),
      ])
  }
}

extension RewardReach {
  fileprivate var words: String {
    switch self {
    case .ranks(let ranks): "ranks \(ranks.lowerBound) to \(ranks.upperBound)"
    case .share(let above, let top): "shares \(above) to \(top) of 10000"
    }
  }
}

extension [Reward] {
  fileprivate var words: String {
    map { "\($0.amount) of \($0.pointType)" }.joined(separator: ", ")
  }
}

extension [PointTypeID: Int64] {
  fileprivate var words: String? {
    isEmpty
      ? nil : sorted { $0.key < $1.key }.map { "\($0.value) of \($0.key)" }.joined(separator: ", ")
  }
}

extension RewardTermsTraits {
  fileprivate var approvalWord: String { needsApproval ? "other_service" : "none" }
}
