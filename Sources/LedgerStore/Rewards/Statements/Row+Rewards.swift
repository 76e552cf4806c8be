// Rules and terms of rewards, decoded; the order of columns is that of the statements.
import Ledger
import PostgresClient
import Rewards

extension PostgresRow {
  /// The columns of a rule, from `rule_id` to `ended_by`.
  func rewardRule() throws(PostgresDecodingError) -> RewardRuleVersion {
    let traits = RewardRuleTraits(
      name: try optional(6), reach: try reach(from: 7),
      rewards: try amounts(from: 12).compactMap { Reward($0.amount, of: $0.type) },
      isActive: try value(11))
    return RewardRuleVersion(
      id: try id(0), revision: try value(1), place: try namedScope(from: 2), traits: traits,
      validity: try validity(from: 14))
  }

  /// The columns of terms, from `id` to `ended_by`.
  func rewardTerms() throws(PostgresDecodingError) -> RewardTermsVersion {
    guard let ties = TiePolicy(rawValue: try value(6)) else {
      throw PostgresDecodingError(column: 6, failure: .outOfRange)
    }
    let budgets = try amounts(from: 9).map { ($0.type, $0.amount) }
    let traits = RewardTermsTraits(
      RewardTerms(ties: ties, budgets: Dictionary(budgets) { first, _ in first }),
      needsApproval: try value(7), isAutomatic: try value(8))
    return RewardTermsVersion(
      revision: try value(1), place: try namedScope(from: 2), traits: traits,
      validity: try validity(from: 11))
  }

  /// point_type_id, board, its name and category.
  private func namedScope(from first: Int) throws(PostgresDecodingError) -> NamedRewardScope {
    NamedRewardScope(
      RewardScope(pointType: try id(first), board: try optional(first + 1)),
      boardName: try optional(first + 2), category: try value(first + 3))
  }

  /// min_rank, max_rank, above_share, top_share.
  private func reach(from first: Int) throws(PostgresDecodingError) -> RewardReach {
    if let least: Int64 = try optional(first) {
      let most: Int64 = try value(first + 1)
      guard least <= most else { throw PostgresDecodingError(column: first, failure: .outOfRange) }
      return .ranks(least...most)
    }
    return .share(above: try value(first + 2), upTo: try value(first + 3))
  }

  /// Point types, and an amount of each.
  private func amounts(
    from first: Int
  ) throws(PostgresDecodingError) -> [(type: PointTypeID, amount: Int64)] {
    let types = try array(first, of: PostgresUUID.self).map { PointTypeID($0) }
    return zip(types, try array(first + 1, of: Int64.self)).map { ($0, $1) }
  }

  private func validity(from first: Int) throws(PostgresDecodingError) -> RewardValidity {
    RewardValidity(
      from: try instant(first), until: try optionalInstant(first + 1), decidedBy: try value(first + 2),
      endedBy: try optional(first + 3))
  }
}
