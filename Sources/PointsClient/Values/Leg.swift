// One change that is asked for: what a transaction is before it is posted.
import JSON

/// One change of a posting: points given to a user or taken from one.
public struct Leg: Sendable, Equatable {
  /// Whether points were given or taken.
  public let type: TransactionType
  /// The user, by the id that callers know.
  public let userID: String
  /// How many points, from 1 on.
  public let amount: Int64
  /// The name of the point type.
  public let pointType: String?
  /// What it is: award, bonus, penalty, purchase ...
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
  /// The tournament it belongs to.
  public let tournamentID: String?
  /// The registration it belongs to.
  public let registrationID: String?
  /// What it relates to, in the caller's terms.
  public let relatedTo: String?
  /// When the event happened that it is for.
  public let occurredAt: Timestamp?
  /// What the caller attached.
  public let metadata: [String: MetadataValue]?

  /// A change. Without a point type it is the service's default type; what is nil is left to the service.
  public init(
    _ type: TransactionType, userID: String, amount: Int64, pointType: String? = nil, kind: String? = nil,
    category: String? = nil, reason: String? = nil, description: String? = nil, actor: String? = nil,
    validatorID: String? = nil, tournamentID: String? = nil, registrationID: String? = nil,
    relatedTo: String? = nil, occurredAt: Timestamp? = nil, metadata: [String: MetadataValue]? = nil
  ) {
    self.type = type
    self.userID = userID
    self.amount = amount
    self.pointType = pointType
    self.kind = kind
    self.category = category
    self.reason = reason
    self.description = description
    self.actor = actor
    self.validatorID = validatorID
    self.tournamentID = tournamentID
    self.registrationID = registrationID
    self.relatedTo = relatedTo
    self.occurredAt = occurredAt
    self.metadata = metadata
  }

  /// Writes the members, without the braces. An award or a deduction says its type by its path.
  func writeMembers(to json: inout JSONWriter, withType: Bool) {
    if withType { json.field("type", type.rawValue) }
    json.field("userId", userID)
    json.field("amount", amount)
    json.field("pointType", ifAny: pointType)
    json.field("kind", ifAny: kind)
    json.field("category", ifAny: category)
    json.field("reason", ifAny: reason)
    json.field("description", ifAny: description)
    json.field("actor", ifAny: actor)
    json.field("validatorId", ifAny: validatorID)
    json.field("tournamentId", ifAny: tournamentID)
    json.field("registrationId", ifAny: registrationID)
    json.field("relatedTo", ifAny: relatedTo)
    json.field("occurredAt", ifAny: occurredAt?.description)
    json.field("metadata", ifAny: metadata)
  }

  static func write(_ legs: [Leg], to json: inout JSONWriter) {
    json.arrayField("legs") { json in
      for leg in legs {
        json.object { leg.writeMembers(to: &$0, withType: true) }
      }
    }
  }
}
