// One entry of the ledger: it never changes, and a user's entries form a chain without gaps.

/// One change of one account, as the ledger keeps it.
public struct Transaction: Sendable, Equatable {
  /// Names it for ever.
  public let id: String
  /// The posting it belongs to, whose other transactions happened with it or not at all.
  public let postingID: String
  /// The user, by the id that callers know.
  public let userID: String
  /// The name of the point type.
  public let pointType: String
  /// Whether points were given or taken.
  public let type: TransactionType
  /// How many points, from 1 on.
  public let amount: Int64
  /// The balance before and after.
  public let before: Int64
  /// The balance after it.
  public let after: Int64
  /// The account's version with this transaction: one more than with the one before.
  public let version: Int64
  /// What it is: award, bonus, penalty, purchase, refund, reversal ...
  public let kind: String?
  /// What boards filter by.
  public let category: String?
  /// Why, in the caller's words.
  public let reason: String?
  /// More about it, in the caller's words.
  public let description: String?
  /// Who acted, as the caller claims.
  public let actor: String?
  /// Who checked it.
  public let validatorID: String?
  /// What it relates to, in the caller's terms.
  public let relatedTo: String?
  /// The tournament it belongs to.
  public let tournamentID: String?
  /// The registration it belongs to.
  public let registrationID: String?
  /// The transaction that this one takes back.
  public let reverses: String?
  /// What the caller attached.
  public let metadata: [String: MetadataValue]?
  /// When the event happened that it is for.
  public let occurredAt: Timestamp?
  /// When the ledger took it in.
  public let createdAt: Timestamp
  /// The service whose key posted it.
  public let createdBy: String?
  /// The account's totals with this transaction.
  public let totalEarned: Int64
  /// Purchases and redemptions, without their refunds.
  public let totalSpent: Int64
}

extension Transaction: AnswerValue {
  init(_ fields: Fields) throws(MalformedAnswer) {
    id = try fields.text("id")
    postingID = try fields.text("postingId")
    userID = try fields.text("userId")
    pointType = try fields.text("pointType")
    guard let type = TransactionType(rawValue: try fields.text("type")) else {
      throw MalformedAnswer("a transaction is neither credit nor debit")
    }
    self.type = type
    amount = try fields.int64("amount")
    before = try fields.int64("before")
    after = try fields.int64("after")
    version = try fields.int64("version")
    kind = try fields.textIfAny("kind")
    category = try fields.textIfAny("category")
    reason = try fields.textIfAny("reason")
    description = try fields.textIfAny("description")
    actor = try fields.textIfAny("actor")
    validatorID = try fields.textIfAny("validatorId")
    relatedTo = try fields.textIfAny("relatedTo")
    tournamentID = try fields.textIfAny("tournamentId")
    registrationID = try fields.textIfAny("registrationId")
    reverses = try fields.textIfAny("reverses")
    metadata = try fields.metadataIfAny("metadata")
    occurredAt = try fields.timestampIfAny("occurredAt")
    createdAt = try fields.timestamp("createdAt")
    createdBy = try fields.textIfAny("createdBy")
    totalEarned = try fields.int64("totalEarned")
    totalSpent = try fields.int64("totalSpent")
  }
}
