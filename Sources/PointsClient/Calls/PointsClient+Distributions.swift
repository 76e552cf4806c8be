// Payouts: what ranks are given, looked at first, decided by whom they need, and read line by line. Whoever
// plans or decides needs a key with the role `payouts`.
import JSON

extension PointsClient {
  /// What the rules give for the ranks of a snapshot, without giving it: to whom, how much, and the hash of
  /// it all. By the rules of the instant that the service takes for right, or of one that is named.
  public func previewDistribution(
    of snapshot: String, rulesAt instant: Timestamp? = nil
  ) async throws(PointsError) -> DistributionPreview {
    let body = JSONWriter.body {
      $0.field("snapshotId", snapshot)
      $0.field("preview", true)
      $0.field("rulesAt", ifAny: instant?.description)
    }
    return try await value(of: .read(Self.distributions, asking: body))
  }

  /// Plans what the ranks of a snapshot are given, which the service then pays by itself, or once it is
  /// approved where the terms want that. With a hash nothing is planned but what was looked at. Ranks have
  /// one payout: asking again answers with it, so it is sent again where an answer is lost. By the rules of
  /// another instant than the one that the service takes for right only an admin plans.
  @discardableResult
  public func planDistribution(
    of snapshot: String, hash: String? = nil, rulesAt instant: Timestamp? = nil
  ) async throws(PointsError) -> Distribution {
    let body = JSONWriter.body {
      $0.field("snapshotId", snapshot)
      $0.field("hash", ifAny: hash)
      $0.field("rulesAt", ifAny: instant?.description)
    }
    return try await value(
      of: Call(
        method: .post, target: Self.distributions.bytes, body: body, isRepeatable: true, isWrite: true))
  }

  /// A page of payouts, the last planned first: of a point type, a snapshot, a status, or all of them.
  public func distributions(
    pointType: String? = nil, snapshot: String? = nil, status: DistributionStatus? = nil,
    limit: Int? = nil, cursor: String? = nil
  ) async throws(PointsError) -> DistributionPage {
    var target = Self.distributions
    target.append("pointType", pointType)
    target.append("snapshotId", snapshot)
    target.append("status", status?.rawValue)
    target.append("limit", limit)
    target.append("cursor", cursor)
    return try await value(of: .read(target))
  }

  /// A payout, and how far it is.
  public func distribution(id: String) async throws(PointsError) -> Distribution {
    try await value(of: .read(Self.distributions.adding(part: id)))
  }

  // MARK: Deciding

  /// Says yes to a payout that waits for it, by the hash of what was looked at. A service cannot approve what
  /// it planned itself. It is sent once: a second try would be told that nothing waits any more.
  @discardableResult
  public func approveDistribution(id: String, hash: String) async throws(PointsError) -> Distribution {
    let body = JSONWriter.body { $0.field("hash", hash) }
    return try await value(of: .write(Self.distribution(id, "approve"), body, key: nil))
  }

  /// Says no to a payout that waits, and why; another may be planned for the ranks. It is sent once, too.
  @discardableResult
  public func rejectDistribution(
    id: String, because reason: String
  ) async throws(PointsError) -> Distribution {
    let body = JSONWriter.body { $0.field("reason", reason) }
    return try await value(of: .write(Self.distribution(id, "reject"), body, key: nil))
  }

  /// Tries again what did not take effect of a payout that is through. It is sent once, too.
  @discardableResult
  public func retryDistribution(id: String) async throws(PointsError) -> Distribution {
    let call = Call(
      method: .post, target: Self.distribution(id, "retry").bytes, isRepeatable: false, isWrite: true)
    return try await value(of: call)
  }

  // MARK: Lines

  /// The lines of a payout in the order of its plan, with the transactions that they became.
  public func distributionLines(
    id: String, limit: Int? = nil, cursor: String? = nil
  ) async throws(PointsError) -> DistributionLinePage {
    var target = Self.distribution(id, "transactions")
    target.append("limit", limit)
    target.append("cursor", cursor)
    return try await value(of: .read(target))
  }

  /// Those of them that did not take effect, or not wholly, and why.
  public func outstandingLines(
    ofDistribution id: String, limit: Int? = nil, cursor: String? = nil
  ) async throws(PointsError) -> OutstandingLinePage {
    var target = Self.distribution(id, "transactions")
    target.append("outstanding", "true")
    target.append("limit", limit)
    target.append("cursor", cursor)
    return try await value(of: .read(target))
  }

  /// Why a transaction was made: by which payout, for which rank of which snapshot, by which rule, and for
  /// what score. Nil for a transaction that no payout made.
  public func rewardReason(transaction id: String) async throws(PointsError) -> RewardReason? {
    var target = Target("/points/transactions")
    target.append(part: id)
    target.append(part: "reward")
    do throws(PointsError) {
      return try await value(of: .read(target))
    } catch {
      if case .refused(let problem) = error, problem.code == .notFound { return nil }
      throw error
    }
  }

  private static var distributions: Target { Target("/points/distributions") }

  private static func distribution(_ id: String, _ part: String) -> Target {
    distributions.adding(part: id).adding(part: part)
  }
}
