// Giving and taking points: the calls that most callers make.
import JSON

extension PointsClient {
  /// Gives points to a user.
  ///
  /// Without a point type they are of the service's default type; what is nil is left to the service. The
  /// automatic key makes the client's own retries safe; with a key of your own (an order's id) you can repeat
  /// the call at any time, and the points are given once. With nil it is sent once and never again.
  @discardableResult
  public func award(
    userID: String, amount: Int64, pointType: String? = nil, kind: String? = nil, category: String? = nil,
    reason: String? = nil, description: String? = nil, actor: String? = nil, validatorID: String? = nil,
    tournamentID: String? = nil, registrationID: String? = nil, relatedTo: String? = nil,
    occurredAt: Timestamp? = nil, metadata: [String: MetadataValue]? = nil,
    idempotencyKey: IdempotencyKey? = .automatic
  ) async throws(PointsError) -> TransactionReceipt {
    let leg = Leg(
      .credit, userID: userID, amount: amount, pointType: pointType, kind: kind, category: category,
      reason: reason, description: description, actor: actor, validatorID: validatorID,
      tournamentID: tournamentID, registrationID: registrationID, relatedTo: relatedTo,
      occurredAt: occurredAt, metadata: metadata)
    return try await post(leg, to: Target("/points/award"), idempotencyKey)
  }

  /// Takes points from a user. A balance never becomes negative: if there are too few points, the refusal has
  /// the code `insufficientBalance` and says how many are missing. For the rest see `award`.
  @discardableResult
  public func deduct(
    userID: String, amount: Int64, pointType: String? = nil, kind: String? = nil, category: String? = nil,
    reason: String? = nil, description: String? = nil, actor: String? = nil, validatorID: String? = nil,
    tournamentID: String? = nil, registrationID: String? = nil, relatedTo: String? = nil,
    occurredAt: Timestamp? = nil, metadata: [String: MetadataValue]? = nil,
    idempotencyKey: IdempotencyKey? = .automatic
  ) async throws(PointsError) -> TransactionReceipt {
    let leg = Leg(
      .debit, userID: userID, amount: amount, pointType: pointType, kind: kind, category: category,
      reason: reason, description: description, actor: actor, validatorID: validatorID,
      tournamentID: tournamentID, registrationID: registrationID, relatedTo: relatedTo,
      occurredAt: occurredAt, metadata: metadata)
    return try await post(leg, to: Target("/points/deduct"), idempotencyKey)
  }

  private func post(
    _ leg: Leg, to target: Target, _ key: IdempotencyKey?
  ) async throws(PointsError) -> TransactionReceipt {
    let body = JSONWriter.body { leg.writeMembers(to: &$0, withType: false) }
    return try await value(of: .write(target, body, key: key)) { fields, answer throws(MalformedAnswer) in
      try TransactionReceipt(fields, isReplayed: answer.isReplayed)
    }
  }
}
