// Where payouts are asked for: which ranks, by the rules of when, and against what was paid for them before.
import Cryptography
import HTTPServer
package import Ledger
package import LedgerStore
package import PostgresClient
import Rewards

/// One worker's; used on its loop only.
package struct PayoutDesk: Sendable {
  /// So many plans may be asked for at once; they are made one after the other.
  private static let waitersMax = 4

  let snapshots: SnapshotReader
  let rewards: RewardReader
  /// What callers read and decide.
  let store: DistributionStore
  /// Planning takes time, and a session that has it.
  private let planning: DistributionStore
  private let desk: PatientDesk
  private let tally: PayoutTally
  /// There is something to pay.
  private let isPayable: @Sendable () -> Void

  package init(
    reading: PostgresPool, planning: PostgresPool, tally: PayoutTally = PayoutTally(),
    requestTimeout: Duration = .seconds(30), isPayable: @escaping @Sendable () -> Void = {}
  ) {
    snapshots = SnapshotReader(pool: reading)
    rewards = RewardReader(pool: reading)
    store = DistributionStore(pool: reading)
    self.planning = DistributionStore(pool: planning)
    desk = PatientDesk(
      waitersMax: Self.waitersMax, requestTimeout: requestTimeout, on: planning.loop)
    self.tally = tally
    self.isPayable = isPayable
  }

  // MARK: Planning

  /// The ranks that somebody wants to have paid, as far as they can be.
  func ranks(_ draft: PayoutDraft) async throws(Problem) -> Snapshot {
    let snapshot = try await snapshots.find(draft.snapshot).readable
    try await prove(snapshot)
    return snapshot
  }

  /// Ranks that were read of Redis are paid for only if the ledger says the same of each. That is shown of
  /// the first of their line: what a revision has changed, somebody has decided. Once any of the line was
  /// planned for it was shown, and is not asked again: users have gone on since, and what was paid is to be
  /// corrected.
  private func prove(_ snapshot: Snapshot) async throws(Problem) {
    guard snapshot.plan.source == .live else { return }
    let original = snapshot.plan.original
    let isProven = try await Problem.explaining { () async throws(PostgresError) in
      try await store.isPlannedFor(lineOf: original)
    }
    if isProven { return }
    let first =
      snapshot.id == original ? snapshot : try await snapshots.find(original.description).readable
    let drift = try await Problem.explaining { () async throws(PostgresError) in
      try await snapshots.drift(of: first)
    }
    guard drift > 0 else { return }
    throw Problem(
      .snapshotDrifted,
      "Of \(drift) members the ledger says something else by now than this live snapshot: take another.",
      members: [.integer("drifted", drift)])
  }

  /// Whoever plans may look at what any rules would give; by which ranks are paid only an admin chooses, who
  /// makes the rules.
  func preview(
    _ snapshot: Snapshot, _ draft: PayoutDraft
  ) async throws(Problem) -> DistributionStore.Preview {
    let choice: DistributionStore.Choice = draft.rulesAt.map { .of($0, mayChoose: true) } ?? .own
    let words = PatientDesk.Words(
      overloaded: "Other payouts are being planned. Nothing was done.",
      unfinished: "What would be paid is still being worked out, for longer than an answer may take.")
    return try await desk.answer(words) { [planning] in
      do throws(PostgresError) {
        return .success(try await planning.preview(snapshot, by: choice))
      } catch {
        return .failure(Problem(explaining: error))
      }
    }
  }

  func create(
    _ snapshot: Snapshot, _ draft: PayoutDraft, by caller: Caller
  ) async throws(Problem) -> DistributionStore.Creation {
    let choice: DistributionStore.Choice =
      draft.rulesAt.map { .of($0, mayChoose: caller.role >= .admin) } ?? .own
    let words = PatientDesk.Words(
      overloaded: "Other payouts are being planned. Nothing was done.",
      unfinished: "The payout is still being planned. The same request again finds what became of it.")
    return try await desk.answer(words) { [self] in
      do throws(PostgresError) {
        return .success(try await make(snapshot, by: choice, draft, for: caller))
      } catch {
        return .failure(Problem(explaining: error))
      }
    }
  }

  /// Also where whoever asked for it is gone by the time.
  private func make(
    _ snapshot: Snapshot, by choice: DistributionStore.Choice, _ draft: PayoutDraft, for caller: Caller
  ) async throws(PostgresError) -> DistributionStore.Creation {
    let creation = try await planning.create(
      DistributionID(UUIDBits.random()), for: snapshot, by: choice, expecting: draft.hash,
      asked: (caller.service, caller.name), postingIDs: Self.postingID)
    if case .created(let distribution) = creation {
      tally.planned()
      if distribution.phase == .paying { isPayable() }
    }
    return creation
  }

  /// The payout that there is for the ranks, whatever the rules are by now.
  func present(_ draft: PayoutDraft) async throws(Problem) -> Distribution? {
    let snapshot = try await snapshots.find(draft.snapshot)
    let found = try await Problem.explaining { () async throws(PostgresError) in
      try await store.present(for: snapshot.id)
    }
    if let found { try PayoutRoutes.check(found, draft) }
    return found
  }

  // MARK: Why somebody got something

  func rule(of leg: PayoutLeg, at instant: Instant) async throws(Problem) -> RewardRuleVersion? {
    guard let rule = leg.rule else { return nil }
    return try await Problem.explaining { () async throws(PostgresError) in
      try await rewards.rule(rule, at: instant)
    }
  }

  /// All that held then, by their ids.
  func rules(at instant: Instant) async throws(Problem) -> [RewardRuleID: RewardRuleVersion] {
    let held = try await Problem.explaining { () async throws(PostgresError) in
      try await rewards.rules(at: instant).held
    }
    return Dictionary(held.map { ($0.id, $0) }) { first, _ in first }
  }

  /// Nil for whoever is not in it any more, or where its entries were kept long enough.
  func standing(of user: UserID, in snapshot: SnapshotID) async throws(Problem) -> SnapshotEntry? {
    let found = try await snapshots.find(snapshot.description)
    guard found.isComplete else { return nil }
    return try await Problem.explaining { () async throws(PostgresError) in
      try await snapshots.standing(of: user, in: found.number)
    }
  }

  // MARK: Deciding

  func approve(
    _ distribution: Distribution, hash: Digest, by caller: Caller
  ) async throws(Problem) -> DistributionStore.Decided {
    let decided = try await Problem.explaining { () async throws(PostgresError) in
      try await store.approve(distribution.id, hash: hash, by: (caller.service, caller.name))
    }
    if case .done = decided { isPayable() }
    return decided
  }

  func retry(
    _ distribution: Distribution, by caller: Caller
  ) async throws(Problem) -> DistributionStore.Decided {
    let decided = try await Problem.explaining { () async throws(PostgresError) in
      try await store.retry(
        distribution.id, by: (caller.service, caller.name), postingIDs: Self.postingID)
    }
    if case .done = decided { isPayable() }
    return decided
  }

  func find(_ text: String) async throws(Problem) -> Distribution {
    guard let id = DistributionID(text: text) else { throw Self.nothingThere }
    let found = try await Problem.explaining { () async throws(PostgresError) in
      try await store.distribution(id)
    }
    guard let found else { throw Self.nothingThere }
    return found
  }

  static var nothingThere: Problem { Problem(.notFound, "There is no such distribution.") }

  package static let postingID: @Sendable () -> PostingID = {
    var random = SystemRandomNumberGenerator()
    return PostingID(at: .now, random: &random)
  }
}
