// Who says yes or no to a payout, and what is tried again of one. Each is decided under the row's lock, and
// noted in the same transaction.
package import Cryptography
package import Ledger
package import PostgresClient

extension DistributionStore {
  package enum Decided: Sendable, Equatable {
    case done(Distribution)
    case unknown
    /// It is past that, or not yet there.
    case outOfTurn(Distribution)
    /// What is to be paid has another hash.
    case stale(Distribution)
    /// Nobody approves what he has planned himself.
    case ownPlan
    /// Everything took effect.
    case nothingLeft(Distribution)
    /// Later ranks were paid for.
    case superseded(by: DistributionID)
    /// The ranks that it was planned for are not the newest any more.
    case corrected(newest: SnapshotID)
  }

  /// What was planned before its ranks were corrected is not paid any more.
  package func approve(
    _ id: DistributionID, hash: Digest, by actor: (service: ServiceID, name: String)
  ) async throws(PostgresError) -> Decided {
    try await decide(id, holdingRanks: true) { found, later, transaction throws(PostgresError) in
      guard found.phase == .waiting else { return .outOfTurn(found) }
      if let newest = later.last { return .corrected(newest: newest) }
      guard hash == found.hash else { return .stale(found) }
      guard actor.service != found.planned.service else { return .ownPlan }
      try await transaction.execute(
        DecideDistribution(number: found.number, phase: .paying, reason: nil, by: actor))
      return .done(found)
    } noting: {
      .approved($0, by: Actor(service: actor.name))
    }
  }

  package func reject(
    _ id: DistributionID, because reason: String, by actor: (service: ServiceID, name: String)
  ) async throws(PostgresError) -> Decided {
    try await decide(id) { found, _, transaction throws(PostgresError) in
      guard found.phase == .waiting else { return .outOfTurn(found) }
      try await transaction.execute(
        DecideDistribution(number: found.number, phase: .rejected, reason: reason, by: actor))
      return .done(found)
    } noting: {
      .rejected($0, because: reason, by: Actor(service: actor.name))
    }
  }

  /// Tries again all that did not take effect. Not once the ranks were corrected: whoever gets something by
  /// the newest ones gets it by their payout, which is set against what took effect of this one.
  package func retry(
    _ id: DistributionID, by actor: (service: ServiceID, name: String), postingIDs: @Sendable () -> PostingID
  ) async throws(PostgresError) -> Decided {
    try await decide(id, holdingRanks: true) { found, later, transaction throws(PostgresError) in
      guard found.phase == .paid || (found.phase == .failed && found.legs > 0) else {
        return .outOfTurn(found)
      }
      for snapshot in later {
        if let newer = try await transaction.first(FindDistributionOfSnapshot(snapshot: snapshot)) {
          return .superseded(by: newer.id)
        }
      }
      if let newest = later.last { return .corrected(newest: newest) }
      let isAnythingLeft = try await planAgain(found.number, postingIDs, in: transaction)
      if !isAnythingLeft, found.phase == .paid { return .nothingLeft(found) }
      try await transaction.execute(MoveDistribution(number: found.number, to: .paying, reason: nil))
      return .done(found)
    } noting: {
      .retried($0, by: Actor(service: actor.name))
    }
  }

  /// Postings for whatever is outstanding; whether anything is.
  private func planAgain(
    _ number: Int32, _ postingIDs: () -> PostingID, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> Bool {
    guard var chunk = try await transaction.first(FindLastChunk(number: number)) else {
      throw .unexpectedRowCount(0)
    }
    var last: Int32 = 0
    while true {
      let legs = try await transaction.query(
        FindOutstandingLegs(number: number, after: last, limit: Self.legsPerStatement))
      guard let end = legs.last?.number else { return last > 0 }
      let chunks = Self.chunks(again: legs).map { legs, attempt in
        chunk += 1
        return PayoutChunk(
          posting: postingIDs(), chunk: chunk, legs: legs, attempt: attempt)
      }
      try await transaction.execute(InsertDistributionChunks(number: number, chunks: chunks))
      last = end
      if legs.count < Self.legsPerStatement { return true }
    }
  }

  /// Neighbours that were tried as often as each other are one posting, up to as many as of a large payout.
  static func chunks(
    again legs: [OutstandingLeg]
  ) -> [(legs: ClosedRange<Int32>, attempt: Int32)] {
    var chunks: [(legs: ClosedRange<Int32>, attempt: Int32)] = []
    for leg in legs {
      if let last = chunks.last, last.legs.upperBound + 1 == leg.number, last.attempt == leg.attempts + 1,
        last.legs.count < Int(legsOfMany)
      {
        chunks[chunks.count - 1].legs = last.legs.lowerBound...leg.number
      } else {
        chunks.append((leg.number...leg.number, leg.attempts + 1))
      }
    }
    return chunks
  }

  /// What did not take effect, or not wholly; behind a line, so many.
  package func outstanding(
    of distribution: Distribution, after leg: Int32 = 0, limit: Int
  ) async throws(PostgresError) -> [OutstandingLeg] {
    try await pool.query(FindOutstandingLegs(number: distribution.number, after: leg, limit: limit))
  }

  /// The closure is told which revisions came behind, as far as it holds the ranks: what was read before that
  /// says nothing of what is planned for them meanwhile.
  private func decide(
    _ id: DistributionID, holdingRanks holdsRanks: Bool = false,
    _ body: (Distribution, _ later: [SnapshotID], PostgresTransaction) async throws(PostgresError) -> Decided,
    noting note: (Distribution) -> AuditNote
  ) async throws(PostgresError) -> Decided {
    try await pool.transaction { transaction throws(PostgresError) in
      let later = holdsRanks ? try await laterRanks(than: id, in: transaction) : []
      guard try await transaction.first(LockDistribution(id: id)) != nil,
        let found = try await transaction.first(FindDistribution(id: id))
      else {
        transaction.giveUp()
        return .unknown
      }
      let decided = try await body(found, later, transaction)
      guard case .done = decided else {
        transaction.giveUp()
        return decided
      }
      _ = try await transaction.query(InsertAudit(note: note(found)))
      guard let now = try await transaction.first(FindDistribution(id: id)) else {
        throw .unexpectedRowCount(0)
      }
      return .done(now)
    }
  }

  /// Has the ranks of a payout alone, with all their revisions: those behind its own.
  private func laterRanks(
    than id: DistributionID, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> [SnapshotID] {
    guard let asked = try await transaction.first(FindDistribution(id: id)),
      let snapshot = try await transaction.first(FindSnapshot(id: asked.snapshot))
    else { return [] }
    try await transaction.execute(HoldRanks(first: snapshot.plan.original))
    return try await transaction.line(around: snapshot).later
  }
}

/// A line of which something is still to be posted.
package struct OutstandingLeg: Sendable, Equatable {
  package let number: Int32
  package let leg: PayoutLeg
  /// Of its amount what has not taken effect.
  package let outstanding: Int64
  package let attempts: Int32
  /// Nil where a part took effect.
  package let refusal: Refusal?
}
