// From the ranks to a plan that is stored. Everything that decides about it is looked at in one transaction,
// once nobody else can change it.
package import Cryptography
package import Ledger
package import PostgresClient
import Rewards

extension DistributionStore {
  /// So many lines are written by one statement.
  static let legsPerStatement = 5_000
  /// Up to so many are one posting; of more each posting holds fewer, so that nobody else waits for it long.
  private static let legsOfOne = Posting.legsMax
  static let legsOfMany: Int32 = 400

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
      PayoutChunk(posting: postingIDs(), chunk: Int32(index + 1), legs: legs, attempt: 1)
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
}
