// Rules and terms of rewards. Reading takes the role of a service, changing that of an administrator.
import JSON

extension PointsClient {
  // MARK: Rules

  /// Rewards ranks of a board, or of all boards of a point type that have no rules of their own. It is sent
  /// once: a second try would be told that these ranks are rewarded already.
  @discardableResult
  public func createRewardRule(
    _ reach: RewardReach, rewards: [Reward], board: Board? = nil, category: String? = nil,
    pointType: String? = nil, name: String? = nil, isActive: Bool = true
  ) async throws(PointsError) -> RewardRule {
    let body = JSONWriter.body {
      $0.field("pointType", ifAny: pointType)
      $0.field("board", ifAny: board?.rawValue)
      $0.field("category", ifAny: category)
      $0.field("name", ifAny: name)
      $0.fields(of: reach)
      $0.field("rewards", rewards)
      $0.field("active", isActive)
    }
    return try await value(of: .write(Self.rules, body, key: nil))
  }

  /// The rules that hold now, or held at an instant; of everything, of a point type, or of a board.
  public func rewardRules(
    pointType: String? = nil, board: Board? = nil, category: String? = nil, isActive: Bool? = nil,
    at instant: Timestamp? = nil
  ) async throws(PointsError) -> RewardRuleList {
    var target = Self.rules
    target.append(pointType: pointType, board, category, nil)
    target.append("active", isActive.map { $0 ? "true" : "false" })
    target.append("at", instant?.description)
    return try await value(of: .read(target))
  }

  /// What a rule says, or said at an instant.
  public func rewardRule(id: String, at instant: Timestamp? = nil) async throws(PointsError) -> RewardRule {
    var target = Self.rules.adding(part: id)
    target.append("at", instant?.description)
    return try await value(of: .read(target))
  }

  /// What a rule says and said, the newest first, also when it was removed.
  public func rewardRuleVersions(
    id: String, before revision: Int? = nil, limit: Int? = nil
  ) async throws(PointsError) -> RewardRuleVersions {
    var target = Self.rules.adding(part: id).adding(part: "versions")
    target.append("limit", limit)
    target.append("before", revision)
    return try await value(of: .read(target))
  }

  /// Changes a rule from now on; what is not named stays, and what held before can still be asked for. Saying
  /// the same twice changes nothing, so it needs no key.
  @discardableResult
  public func changeRewardRule(
    id: String, _ reach: RewardReach? = nil, rewards: [Reward]? = nil, name: FieldChange<String> = .keep,
    isActive: Bool? = nil
  ) async throws(PointsError) -> RewardRule {
    let body = JSONWriter.body { json in
      switch name {
      case .keep: break
      case .clear: json.field("name", orNull: String?.none)
      case .set(let text): json.field("name", text)
      }
      if let reach { json.fields(of: reach) }
      if let rewards { json.field("rewards", rewards) }
      json.field("active", ifAny: isActive)
    }
    let call = Call(
      method: .patch, target: Self.rules.adding(part: id).bytes, body: body, isRepeatable: true,
      isWrite: true)
    return try await value(of: call)
  }

  /// Has a rule hold no more. It is sent once: a second try would be told that there is no such rule.
  public func removeRewardRule(id: String) async throws(PointsError) {
    let target = Self.rules.adding(part: id)
    _ = try await answer(
      to: Call(method: .delete, target: target.bytes, isRepeatable: false, isWrite: true))
  }

  // MARK: Terms

  /// The terms that hold now, or held at an instant, of those scopes that have their own.
  public func rewardTerms(
    pointType: String? = nil, board: Board? = nil, category: String? = nil, at instant: Timestamp? = nil
  ) async throws(PointsError) -> RewardTermsList {
    var target = Self.terms
    target.append(pointType: pointType, board, category, nil)
    target.append("at", instant?.description)
    return try await value(of: .read(target))
  }

  /// Sets the terms of a board, or of a point type for all its boards that have none of their own, in the
  /// place of those before. Saying the same twice changes nothing, so it needs no key.
  @discardableResult
  public func setRewardTerms(
    board: Board? = nil, category: String? = nil, pointType: String? = nil, ties: TiePolicy = .best,
    budgets: [Reward] = [], needsApproval: Bool = false, isAutomatic: Bool = false
  ) async throws(PointsError) -> RewardTerms {
    let body = JSONWriter.body {
      $0.field("pointType", ifAny: pointType)
      $0.field("board", ifAny: board?.rawValue)
      $0.field("category", ifAny: category)
      $0.field("ties", ties.rawValue)
      $0.field("budgets", budgets)
      $0.field("approval", needsApproval ? "other_service" : "none")
      $0.field("automatic", isAutomatic)
    }
    let call = Call(
      method: .put, target: Self.terms.bytes, body: body, isRepeatable: true, isWrite: true)
    return try await value(of: call)
  }

  /// Has a board follow the terms of its type again, or a type those that hold where nothing is said. It is
  /// sent once: a second try would be told that there are none.
  public func removeRewardTerms(
    board: Board? = nil, category: String? = nil, pointType: String? = nil
  ) async throws(PointsError) {
    var target = Self.terms
    target.append(pointType: pointType, board, category, nil)
    _ = try await answer(
      to: Call(method: .delete, target: target.bytes, isRepeatable: false, isWrite: true))
  }

  private static var rules: Target { Target("/points/reward-rules") }
  private static var terms: Target { Target("/points/reward-terms") }
}

extension JSONWriter {
  fileprivate mutating func fields(of reach: RewardReach) {
    switch reach {
    case .ranks(let ranks):
      field("minRank", ranks.lowerBound)
      field("maxRank", ranks.upperBound)
    case .percent(let above, let top):
      field("abovePercent", above, decimals: 2)
      field("topPercent", top, decimals: 2)
    }
  }

  fileprivate mutating func field(_ name: StaticString, _ rewards: [Reward]) {
    arrayField(name) {
      for reward in rewards {
        $0.object {
          $0.field("pointType", reward.pointType)
          $0.field("amount", reward.amount)
        }
      }
    }
  }
}
