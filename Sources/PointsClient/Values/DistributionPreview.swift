// What would be paid for ranks, looked at before anything is planned.

/// What the rules give for the ranks of a snapshot. Nothing of it is stored.
public struct DistributionPreview: Sendable, Equatable {
  /// What would be paid for.
  public let ranks: RewardedRanks
  /// Whether what was given for earlier revisions of the ranks is set against it.
  public let isCorrection: Bool
  /// The rules of this instant are applied.
  public let rulesAt: Timestamp
  /// What those get who share a score: `best`, `split` or `earliest`.
  public let ties: String
  /// Who is rewarded for a rank.
  public let winners: Int64
  /// How many lines there would be.
  public let legs: Int64
  /// How many rewarded scores are shared.
  public let tiedScores: Int64
  /// How many users share them.
  public let tiedUsers: Int64
  /// What the lines come to, for each point type.
  public let sums: [DistributionSum]
  /// Plan with it, and nothing else is planned.
  public let hash: String
  /// Whether another service must approve it.
  public let needsApproval: Bool
  /// How many of the winners are disabled by now, and would not be credited until they are not.
  public let excluded: Int64
  /// The first hundred of them.
  public let excludedUsers: [String]
  /// The first hundred lines.
  public let lines: [DistributionLine]
}

extension DistributionPreview: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    ranks = try RewardedRanks(fields)
    isCorrection = try fields.flag("isCorrection")
    rulesAt = try fields.timestamp("rulesAt")
    ties = try fields.text("ties")
    winners = try fields.int64("winners")
    legs = try fields.int64("legs")
    tiedScores = try fields.int64("tiedScores")
    tiedUsers = try fields.int64("tiedUsers")
    sums = try fields.list("sums")
    hash = try fields.text("hash")
    needsApproval = try fields.flag("needsApproval")
    excluded = try fields.int64("excluded")
    excludedUsers = try fields.texts("excludedUsers")
    lines = try fields.list("lines")
  }
}
