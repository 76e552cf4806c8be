// Payouts, from the plan to whoever says yes or no to it. A plan is stored with all its lines in one
// transaction, and from then on nothing of it changes: whether it is paid is only a question of time.
package import Cryptography
package import Ledger
package import PostgresClient
package import Rewards

/// Used on the loop of its pool only. The sessions of the pool must have the time that planning takes
/// (`PostgresConnectionOptions.settleSnapshots`).
package struct DistributionStore: Sendable {
  /// By the rules of which instant ranks are to be paid.
  package enum Choice: Sendable, Equatable {
    /// Of that which is the ranks' own.
    case own
    /// Of this one. Whoever may not choose is refused it, unless it is their own.
    case of(Instant, mayChoose: Bool)
  }

  /// By what ranks are paid.
  package struct Terms: Sendable, Equatable {
    package let rules: [RewardRule]
    package let terms: RewardTerms
    package fileprivate(set) var needsApproval: Bool
    package let at: Instant
    /// Where somebody has chosen another: what would have been the ranks' own.
    package let insteadOf: Instant?

    package init(
      rules: [RewardRule], terms: RewardTerms, needsApproval: Bool, at: Instant, insteadOf: Instant? = nil
    ) {
      self.rules = rules
      self.terms = terms
      self.needsApproval = needsApproval
      self.at = at
      self.insteadOf = insteadOf
    }
  }

  package enum Preview: Sendable, Equatable {
    /// Also who of the winners is disabled, and would be refused.
    case planned(PayoutPlan, Terms, refusable: [UserID])
    case refused(PlanRefusal)
  }

  package enum Creation: Sendable, Equatable {
    case created(Distribution)
    /// There is one for these ranks.
    case present(Distribution)
    case refused(PlanRefusal)
    /// The plan is another by now.
    case stale(Digest)
  }

  /// Why ranks cannot be paid for.
  package enum PlanRefusal: Error, Sendable, Equatable {
    case plan(PayoutPlanner.Refusal)
    /// They are not complete, or not any more.
    case unreadable(Snapshot)
    /// They were corrected; only the newest revision is paid for.
    case superseded(by: SnapshotID)
    /// What was planned for an earlier revision is not at its end.
    case unsettled(DistributionID)
    /// Whoever asked may not choose by the rules of when they are paid.
    case notToBeChosen(own: Instant)
    /// No rule was active at that instant.
    case noRules
    /// No rule rewards anybody.
    case nothingToPay
  }

  /// So many lines are written by one statement.
  static let legsPerStatement = 5_000
  /// Up to so many are one posting; of more each posting holds fewer, so that nobody else waits for it long.
  private static let legsOfOne = Posting.legsMax
  static let legsOfMany: Int32 = 400

  let pool: PostgresPool
  /// So many ranks are read by one statement.
  private let page: Int

  package init(pool: PostgresPool, page: Int = 5_000) {
    self.pool = pool
    self.page = page
  }

  // MARK: Planning

  /// What would be paid; nothing is stored, and nobody waits for it.
  package func preview(
    _ snapshot: Snapshot, by choice: Choice = .own
  ) async throws(PostgresError) -> Preview {
    try await pool.transaction { transaction throws(PostgresError) in
      defer { transaction.giveUp() }
      guard let now = try await transaction.first(FindSnapshot(id: snapshot.id)) else {
        return .refused(.unreadable(snapshot))
      }
      switch try await plan(now, by: choice, in: transaction) {
      case .failure(let refusal): return .refused(refusal)
      case .success(let (plan, terms)):
        return .planned(plan, terms, refusable: try await disabled(in: plan, transaction))
      }
    }
  }

  private func disabled(
    in plan: PayoutPlan, _ transaction: PostgresTransaction
  ) async throws(PostgresError) -> [UserID] {
    let users = await PayoutPlanner.besideTheLoop { Set(plan.legs.map(\.user)).sorted() }
    var disabled: [UserID] = []
    var left = users[...]
    while !left.isEmpty {
      let next = left.prefix(Self.legsPerStatement)
      left = left.dropFirst(next.count)
      disabled += try await transaction.query(FindDisabledUsers(users: Array(next)))
    }
    return disabled
  }

  /// Plans and stores. With a hash only if the plan has it. What somebody has read of the ranks before counts
  /// for nothing: whether they are the newest of their line, still whole, and what was given for earlier ones
  /// is looked at once nobody else can plan for the line, and nobody revises or removes these. Where nobody
  /// gets anything there is no payout, unless one is wanted even of nothing.
  package func create(
    _ id: DistributionID, for snapshot: Snapshot, by choice: Choice = .own, expecting hash: Digest? = nil,
    evenOfNothing plansNothing: Bool = false, asked: (service: ServiceID, name: String),
    postingIDs: @Sendable () -> PostingID
  ) async throws(PostgresError) -> Creation {
    try await pool.transaction { transaction throws(PostgresError) in
      try await transaction.execute(HoldRanks(first: snapshot.plan.original))
      if let present = try await transaction.first(FindDistributionOfSnapshot(snapshot: snapshot.id)) {
        transaction.giveUp()
        return .present(present)
      }
      guard let held = try await transaction.first(LockForRevision(id: snapshot.id)) else {
        transaction.giveUp()
        return .refused(.unreadable(snapshot))
      }
      switch try await plan(held, by: choice, evenOfNothing: plansNothing, in: transaction) {
      case .failure(let refusal):
        transaction.giveUp()
        return .refused(refusal)
      case .success(let (plan, terms)):
        if let hash, hash != plan.hash {
          transaction.giveUp()
          return .stale(plan.hash)
        }
        let insert = InsertDistribution(id: id, snapshot: held, plan: plan, terms: terms, asked: asked)
        guard let number = try await transaction.first(insert) else { throw .unexpectedRowCount(0) }
        try await store(plan, number, postingIDs, in: transaction)
        guard let made = try await transaction.first(FindDistribution(id: id)) else {
          throw .unexpectedRowCount(0)
        }
        let note = AuditNote.planned(made, insteadOf: terms.insteadOf, by: Actor(service: asked.name))
        _ = try await transaction.query(InsertAudit(note: note))
        return .created(made)
      }
    }
  }

  private func plan(
    _ snapshot: Snapshot, by choice: Choice, evenOfNothing plansNothing: Bool = false,
    in transaction: PostgresTransaction
  ) async throws(PostgresError) -> Result<(PayoutPlan, Terms), PlanRefusal> {
    guard snapshot.isComplete else { return .failure(.unreadable(snapshot)) }
    let (earlier, later) = try await transaction.line(around: snapshot)
    if let newest = later.last { return .failure(.superseded(by: newest)) }
    if let before = try await transaction.first(FindUnsettledDistribution(snapshots: earlier)) {
      return .failure(.unsettled(before))
    }
    var terms: Terms
    switch try await self.terms(for: snapshot, earlier, by: choice, in: transaction) {
    case .failure(let refusal): return .failure(refusal)
    case .success(let found): terms = found
    }
    let planner = PayoutPlanner(transaction: transaction, page: page)
    switch try await planner.plan(snapshot, revising: earlier, by: terms.rules, terms.terms) {
    case .refused(let refusal): return .failure(.plan(refusal))
    case .cutOff:
      return .failure(.unreadable(try await transaction.first(FindSnapshot(id: snapshot.id)) ?? snapshot))
    case .planned(let plan):
      guard !plan.legs.isEmpty || plan.isCorrection || plansNothing else { return .failure(.nothingToPay) }
      // Where nothing is given there is nothing to approve.
      if plan.legs.isEmpty { terms.needsApproval = false }
      return .success((plan, terms))
    }
  }

  /// Whatever instant was chosen, an approval that is wanted by now is waited for.
  private func terms(
    for snapshot: Snapshot, _ earlier: [SnapshotID], by choice: Choice, in transaction: PostgresTransaction
  ) async throws(PostgresError) -> Result<Terms, PlanRefusal> {
    let own = try await ownInstant(of: snapshot, earlier, in: transaction)
    var at = own
    if case .of(let chosen, let mayChoose) = choice, chosen != own {
      guard mayChoose else { return .failure(.notToBeChosen(own: own)) }
      at = chosen
    }
    let board = snapshot.plan.board
    let set = try await RewardReader.set(
      for: board.pointType, board: board.key.text, at: at, in: transaction)
    guard let set else { return .failure(.noRules) }
    let isApprovalWanted = try await RewardReader.wantsApproval(
      for: board.pointType, board: board.key.text, in: transaction)
    return .success(
      Terms(
        rules: set.rules, terms: set.terms, needsApproval: set.needsApproval || isApprovalWanted, at: set.at,
        insteadOf: set.at == own ? nil : own))
  }

  /// A close is paid by what held at its end, a revision by what held for that which it corrects, anything
  /// else by what holds now.
  private func ownInstant(
    of snapshot: Snapshot, _ earlier: [SnapshotID], in transaction: PostgresTransaction
  ) async throws(PostgresError) -> Instant {
    for before in earlier {
      if let paid = try await transaction.first(FindDistributionOfSnapshot(snapshot: before)) {
        return paid.rulesAt
      }
    }
    if snapshot.plan.originalPurpose == .close, let end = snapshot.plan.asOf { return end }
    return try await RewardReader.settled(nil, in: transaction)
  }

  private func store(
    _ plan: PayoutPlan, _ number: Int32, _ postingIDs: () -> PostingID, in transaction: PostgresTransaction
  ) async throws(PostgresError) {
    try await transaction.execute(InsertDistributionSums(number: number, sums: plan.sums))
    var first = 0
    while first < plan.legs.count {
      let last = min(first + Self.legsPerStatement, plan.legs.count)
      try await transaction.execute(
        InsertDistributionLegs(number: number, firstLeg: Int32(first + 1), legs: plan.legs[first..<last]))
      first = last
    }
    let chunks = Self.chunks(of: Int32(plan.legs.count)).enumerated().map { index, legs in
      PayoutChunk(
        posting: postingIDs(), chunk: Int32(index + 1), legs: legs, attempt: 1, settledAt: nil)
    }
    try await transaction.execute(InsertDistributionChunks(number: number, chunks: chunks))
  }

  static func chunks(of legs: Int32) -> [ClosedRange<Int32>] {
    guard legs > 0 else { return [] }
    let each = legs <= Int32(legsOfOne) ? legs : legsOfMany
    return stride(from: 1, through: legs, by: Int(each)).map { first in
      first...min(first + each - 1, legs)
    }
  }

  // MARK: Reading

  package func distribution(_ id: DistributionID) async throws(PostgresError) -> Distribution? {
    try await pool.first(FindDistribution(id: id))
  }

  /// The one for the ranks that is not rejected.
  package func present(for snapshot: SnapshotID) async throws(PostgresError) -> Distribution? {
    try await pool.first(FindDistributionOfSnapshot(snapshot: snapshot))
  }

  /// Whether anything is given, or to be given, for ranks or for one of their revisions.
  package func isPlannedFor(lineOf original: SnapshotID) async throws(PostgresError) -> Bool {
    for one in try await pool.query(ListLine(original: original)) {
      if let found = try await present(for: one.id), found.legs > 0 { return true }
    }
    return false
  }

  /// The last planned first; of a snapshot or a point type only, those below a number.
  package func list(
    of pointType: PointTypeID? = nil, for snapshot: SnapshotID? = nil, in phases: [Distribution.Phase] = [],
    before number: Int32 = .max, limit: Int
  ) async throws(PostgresError) -> [Distribution] {
    try await pool.query(
      ListDistributions(
        pointType: pointType, snapshot: snapshot, phases: phases, before: number, limit: limit))
  }

  package func sums(of distribution: Distribution) async throws(PostgresError) -> [PayoutSum] {
    try await pool.query(ReadDistributionSums(number: distribution.number))
  }

  package func legs(
    of distribution: Distribution, after leg: Int32 = 0, limit: Int
  ) async throws(PostgresError) -> [NumberedLeg] {
    try await pool.query(ReadDistributionLegs(number: distribution.number, after: leg, limit: limit))
  }

  /// The same with what became of each.
  package func paidLegs(
    of distribution: Distribution, after leg: Int32 = 0, limit: Int
  ) async throws(PostgresError) -> [PaidLeg] {
    try await pool.query(ReadPaidLegs(number: distribution.number, after: leg, limit: limit))
  }

  /// Of which payout a transaction is a line, and which; nil for any other transaction.
  package func line(
    of transaction: TransactionID
  ) async throws(PostgresError) -> (distribution: Distribution, leg: PaidLeg)? {
    guard let chunk = try await pool.first(FindChunkOfPosting(posting: transaction.posting)),
      let distribution = try await distribution(chunk.distribution)
    else { return nil }
    let legs = try await paidLegs(
      of: distribution, after: chunk.legs.lowerBound - 1, limit: chunk.legs.count)
    guard let leg = legs.first(where: { $0.outcome == .posted(transaction) }) else { return nil }
    return (distribution, leg)
  }
}
