// Asking what users have.
import JSON

extension PointsClient {
  /// What a user has. A user the ledger does not know has zeros, at version 0.
  ///
  /// With `minVersion` the answer has that version or a newer one: pass `receipt.balance.version` to read
  /// what was just written. `consistency: .ledger` asks the ledger itself.
  public func balance(
    userID: String, pointType: String? = nil, minVersion: Int64? = nil, consistency: Consistency? = nil,
    includingHistory: Bool = false
  ) async throws(PointsError) -> Balance {
    var target = Target("/points/balance")
    target.append("userId", userID)
    target.append("pointType", pointType)
    target.append("minVersion", minVersion)
    target.append("consistency", consistency?.rawValue)
    if includingHistory { target.append("include", "history") }
    return try await value(of: .read(target))
  }

  /// What a user had at a past instant.
  public func balance(
    userID: String, pointType: String? = nil, at instant: Timestamp
  ) async throws(PointsError) -> PastBalance {
    var target = Target("/points/balance")
    target.append("userId", userID)
    target.append("pointType", pointType)
    target.append("at", instant.description)
    return try await value(of: .read(target))
  }

  /// What a user has of every point type.
  public func allBalances(userID: String) async throws(PointsError) -> [Balance] {
    var target = Target("/points/balance")
    target.append("userId", userID)
    target.append("pointType", "*")
    return try await value(of: .read(target)) { fields, _ throws(MalformedAnswer) in
      try fields.objects("balances").map { fields throws(MalformedAnswer) in
        try Balance(fields, userID: fields.textIfAny("userId") ?? userID)
      }
    }
  }

  /// What up to 1,000 accounts have, in their order, in one call.
  public func balances(_ accounts: [Account]) async throws(PointsError) -> [Balance] {
    let body = JSONWriter.body { json in
      json.arrayField("accounts") { json in
        for account in accounts { account.write(to: &json) }
      }
    }
    let call = Call.read(Target("/points/balances"), asking: body)
    return try await value(of: call) { fields, _ throws(MalformedAnswer) in
      let balances: [Balance] = try fields.list("balances")
      guard balances.count == accounts.count else {
        throw MalformedAnswer("it has \(balances.count) balances for \(accounts.count) accounts")
      }
      return balances
    }
  }

  /// What up to 1,000 users have of one point type, in their order, in one call.
  public func balances(
    userIDs: [String], pointType: String? = nil
  ) async throws(PointsError) -> [Balance] {
    try await balances(userIDs.map { Account(userID: $0, pointType: pointType) })
  }
}
