// A rule as somebody asks for it, and a change of one. What is not named in a change stays.
import HTTPServer
import Ledger
import LedgerStore
import Rewards

/// Whom it reaches, as far as it is said: ranks, or a share.
struct ReachDraft: Sendable {
  private let minRank: Int64?
  private let maxRank: Int64?
  private let above: Int64?
  private let top: Int64?

  init(_ body: inout RequestBody) throws(Problem) {
    minRank = try body.optionalInteger("minRank", in: 1...RewardRuleTraits.rankMax)
    maxRank = try body.optionalInteger("maxRank", in: 1...RewardRuleTraits.rankMax)
    above = try body.optionalPercent("abovePercent", in: 0...RewardReach.whole - 1)
    top = try body.optionalPercent("topPercent", in: 1...RewardReach.whole)
    guard !isOfRanks || !isOfShares else {
      throw body.problem(
        above == nil ? "topPercent" : "abovePercent", "cannot stand beside \"minRank\" and \"maxRank\"")
    }
  }

  private var isOfRanks: Bool { minRank != nil || maxRank != nil }
  private var isOfShares: Bool { above != nil || top != nil }

  /// Of a rule that is to be.
  func reach(_ body: RequestBody) throws(Problem) -> RewardReach {
    if isOfShares {
      let (above, top) = (above ?? 0, try body.required("topPercent", top))
      guard above < top else { throw body.problem("abovePercent", "must be below \"topPercent\"") }
      return .share(above: above, upTo: top)
    }
    let (first, last) = (try body.required("minRank", minRank), try body.required("maxRank", maxRank))
    guard first <= last else { throw body.problem("minRank", "must not be above \"maxRank\"") }
    return .ranks(first...last)
  }

  /// Of one that is there; nil where both ends do not go together.
  func changing(_ reach: RewardReach) -> RewardReach? {
    if isOfShares {
      let before: (above: Int64, top: Int64)? =
        if case .share(let above, let top) = reach { (above, top) } else { nil }
      guard let top = top ?? before?.top else { return nil }
      let above = above ?? before?.above ?? 0
      return above < top ? .share(above: above, upTo: top) : nil
    }
    guard isOfRanks else { return reach }
    let before: ClosedRange<Int64>? = if case .ranks(let ranks) = reach { ranks } else { nil }
    guard let first = minRank ?? before?.lowerBound, let last = maxRank ?? before?.upperBound, first <= last
    else { return nil }
    return .ranks(first...last)
  }
}

/// What it gives, as far as it is said: one amount by two fields, or several by a list.
struct PrizesDraft: Sendable {
  private let amount: Int64?
  private let pointType: String?
  private let several: [NamedAmount]?

  init(_ body: inout RequestBody) throws(Problem) {
    amount = try body.optionalReward("rewardAmount")
    pointType = try body.optionalString("rewardPointType", bytes: PointTypeLookup.nameBytesMax)
    several = try body.optionalAmounts("rewards", count: 1...RewardRuleTraits.rewardsMax)
    guard several == nil || amount == nil && pointType == nil else {
      throw body.problem("rewards", "cannot stand beside \"rewardAmount\" and \"rewardPointType\"")
    }
  }

  /// With the ids of the point types that it names.
  struct Resolved: Sendable {
    let amount: Int64?
    let pointType: PointTypeID?
    let several: [Reward]?

    /// Of a rule that gives these; nil where it does not say enough.
    func changing(_ rewards: [Reward]) -> [Reward]? {
      if let several { return several }
      guard amount != nil || pointType != nil else { return rewards }
      let single = rewards.count == 1 ? rewards.first : nil
      guard let amount = amount ?? single.map({ Int64(clamping: $0.amount) }),
        let type = pointType ?? single?.pointType, let reward = Reward(amount, of: type)
      else { return nil }
      return [reward]
    }
  }

  func resolved(_ lookup: PointTypeLookup) async throws(Problem) -> Resolved {
    var type: PointTypeID?
    if let pointType { type = try await lookup.type(pointType).id }
    guard let several else { return Resolved(amount: amount, pointType: type, several: nil) }
    let amounts = try await lookup.amounts(several)
    return Resolved(
      amount: nil, pointType: nil, several: amounts.compactMap { Reward($0.value, of: $0.key) })
  }

  /// Of a rule that is to be; without a type it gives points of the default type.
  func rewards(_ body: RequestBody, _ lookup: PointTypeLookup) async throws(Problem) -> [Reward] {
    let resolved = try await resolved(lookup)
    if let several = resolved.several { return several }
    guard let amount else {
      throw body.problem(
        "rewardAmount", "is required, unless \"rewards\" has a list", code: .invalidAmount)
    }
    let fallback = try await lookup.type(pointType).id
    return Reward(amount, of: resolved.pointType ?? fallback).map { [$0] } ?? []
  }
}

/// A rule that is to be.
struct RewardRuleDraft {
  let place: RewardPlace
  private let name: String?
  private let reach: RewardReach
  private let prizes: PrizesDraft
  private let isActive: Bool
  private let body: RequestBody

  init(creating exchange: HTTPExchange) throws(Problem) {
    var body = try RequestBody(exchange)
    place = try RewardPlace(&body)
    name = try body.ruleName()
    let reach = try ReachDraft(&body)
    prizes = try PrizesDraft(&body)
    isActive = try body.optionalBool("active") ?? true
    try body.finish()
    self.reach = try reach.reach(body)
    self.body = body
  }

  func traits(_ lookup: PointTypeLookup) async throws(Problem) -> RewardRuleTraits {
    RewardRuleTraits(
      name: name, reach: reach, rewards: try await prizes.rewards(body, lookup), isActive: isActive)
  }
}

/// What is to be different.
struct RewardRuleChange: Sendable {
  private let name: String??
  private let reach: ReachDraft
  private let prizes: PrizesDraft
  private let isActive: Bool?

  init(reading exchange: HTTPExchange) throws(Problem) {
    var body = try RequestBody(exchange)
    name = body.has("name") ? .some(try body.ruleName()) : nil
    reach = try ReachDraft(&body)
    prizes = try PrizesDraft(&body)
    isActive = try body.optionalBool("active")
    try body.finish()
    let needed = [
      "minRank", "maxRank", "abovePercent", "topPercent", "rewardAmount", "rewardPointType", "rewards",
      "active",
    ]
    for name in needed where body.isNull(name) { throw body.problem(name, "must not be null") }
  }

  func resolved(
    _ lookup: PointTypeLookup
  ) async throws(Problem) -> @Sendable (inout RewardRuleTraits) throws(ImpossibleReward) -> Void {
    let prizes = try await prizes.resolved(lookup)
    let (name, reach, isActive) = (name, reach, isActive)
    return { traits throws(ImpossibleReward) in
      guard let newReach = reach.changing(traits.reach), let rewards = prizes.changing(traits.rewards) else {
        throw ImpossibleReward()
      }
      (traits.reach, traits.rewards) = (newReach, rewards)
      if let name { traits.name = name }
      if let isActive { traits.isActive = isActive }
    }
  }
}

extension RequestBody {
  /// Nil for one that needs none.
  fileprivate mutating func ruleName() throws(Problem) -> String? {
    let name = try optionalString("name", bytes: RewardRuleTraits.nameBytesMax, singleLine: true)
    guard name != "" else { throw problem("name", "must not be empty") }
    return name
  }
}
