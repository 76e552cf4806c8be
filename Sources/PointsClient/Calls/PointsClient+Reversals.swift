// Taking back what was posted. Nothing is ever deleted: a reversal is a posting that compensates another.
import JSON

extension PointsClient {
  /// Takes back a transaction, or so many points of it; may be repeated in parts, never above the original.
  ///
  /// A reversal makes no balance negative: if the points have been spent it is refused, unless `allowPartial`
  /// lets it take what is there and report the rest as `remaining`. With it less may be taken also because
  /// less than `amount` is left of the transaction. For the key see `award`.
  @discardableResult
  public func reverse(
    transaction id: String, amount: Int64? = nil, allowPartial: Bool? = nil, reason: String? = nil,
    description: String? = nil, actor: String? = nil, validatorID: String? = nil, relatedTo: String? = nil,
    occurredAt: Timestamp? = nil, metadata: [String: MetadataValue]? = nil,
    idempotencyKey: IdempotencyKey? = .automatic
  ) async throws(PointsError) -> TransactionReversal {
    let target = Target("/points/transactions").adding(part: id).adding(part: "reverse")
    let body = JSONWriter.body { json in
      json.field("amount", ifAny: amount)
      json.field("allowPartial", ifAny: allowPartial)
      json.field("reason", ifAny: reason)
      json.field("description", ifAny: description)
      json.field("actor", ifAny: actor)
      json.field("validatorId", ifAny: validatorID)
      json.field("relatedTo", ifAny: relatedTo)
      json.field("occurredAt", ifAny: occurredAt?.description)
      json.field("metadata", ifAny: metadata)
    }
    let call = Call.write(target, body, key: idempotencyKey)
    return try await value(of: call) { fields, answer throws(MalformedAnswer) in
      try TransactionReversal(fields, isReplayed: answer.isReplayed)
    }
  }

  /// Takes back all transactions of a posting. For the rest see the reversal of a transaction.
  @discardableResult
  public func reverse(
    posting id: String, allowPartial: Bool? = nil, reason: String? = nil, description: String? = nil,
    actor: String? = nil, validatorID: String? = nil, relatedTo: String? = nil, occurredAt: Timestamp? = nil,
    metadata: [String: MetadataValue]? = nil, idempotencyKey: IdempotencyKey? = .automatic
  ) async throws(PointsError) -> PostingReversal {
    let target = Target("/points/postings").adding(part: id).adding(part: "reverse")
    let body = JSONWriter.body { json in
      json.field("allowPartial", ifAny: allowPartial)
      json.field("reason", ifAny: reason)
      json.field("description", ifAny: description)
      json.field("actor", ifAny: actor)
      json.field("validatorId", ifAny: validatorID)
      json.field("relatedTo", ifAny: relatedTo)
      json.field("occurredAt", ifAny: occurredAt?.description)
      json.field("metadata", ifAny: metadata)
    }
    let call = Call.write(target, body, key: idempotencyKey)
    return try await value(of: call) { fields, answer throws(MalformedAnswer) in
      try PostingReversal(fields, isReplayed: answer.isReplayed)
    }
  }
}
