// Why somebody got something: from a transaction back to the rule, the rank, and the score behind it.

/// Why a transaction was made.
public struct RewardReason: Sendable, Equatable {
  /// The rule as it was when it was applied.
  public struct Rule: Sendable, Equatable {
    /// What it is called in all calls.
    public let id: String
    /// What people call it.
    public let name: String?
    /// Which of its versions it was, from 1.
    public let revision: Int64
  }

  /// The transaction.
  public let transactionID: String
  /// The payout that made it.
  public let distributionID: String
  /// Whether that payout corrected an earlier one.
  public let isCorrection: Bool
  /// Whose ranks were paid for.
  public let ranks: RewardedRanks
  /// The line of the payout.
  public let line: DistributionLine
  /// By which it was given; nil where it was taken back.
  public let rule: Rule?
  /// The score behind the rank; nil for one who is not in the snapshot, or where its entries are gone.
  public let score: Int64?
  /// When the score was reached.
  public let reachedAt: Timestamp?
  /// Where the transactions that make up the score are told, as a path with its query; nil where the score
  /// is. `explain` asks for them.
  public let explanation: String?
}

extension RewardReason: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    transactionID = try fields.text("transactionId")
    distributionID = try fields.text("distributionId")
    isCorrection = try fields.flag("isCorrection")
    ranks = try RewardedRanks(fields.fields("ranks"), of: fields.text("snapshotId"))
    line = try fields.value("line")
    if let rule = try fields.fieldsIfAny("rule") { self.rule = try Rule(rule) } else { self.rule = nil }
    score = try fields.int64IfAny("score")
    reachedAt = try fields.timestampIfAny("reachedAt")
    explanation = try fields.textIfAny("explanation")
  }
}

extension RewardReason.Rule: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    id = try fields.text("id")
    name = try fields.textIfAny("name")
    revision = try fields.int64("revision")
  }
}
