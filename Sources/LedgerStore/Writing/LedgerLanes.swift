// The way into the ledger for one worker. Postings that arrive while the lanes are busy wait and go together
// into the next transaction: the more there is to do, the less each costs.
package import Calendar
package import EventLoop
package import Ledger
package import PostgresClient

/// One worker's lanes; used on its loop only.
package final class LedgerLanes: @unchecked Sendable {
  /// Shows Redis accounts as they are after a commit; answers the point types for which that failed.
  package typealias Project = @Sendable ([ChangedAccount]) async -> Set<PointTypeID>

  package let catalog: PointTypeCatalog
  package private(set) var counters = LaneCounters()
  let loop: EventLoop
  let pool: PostgresPool
  let options: LaneOptions
  private let project: Project
  private let periods: PeriodKeeper
  private var waiting: WaitingPostings<PendingPosting>
  /// What is not for the lanes: postings of many legs, and those whose accounts somebody holds.
  private var waitingLarge: WaitingPostings<PendingPosting>
  private var waitingForHeld: WaitingPostings<PendingPosting>
  /// Accounts for which a lane waited in vain and postings wait beside the lanes now. Nobody else's posting
  /// shall wait for them too.
  private(set) var heldAccounts: Set<AccountKey> = []
  /// Whether the last batch met accounts that were not there. New ones seldom come alone.
  private var createsAccounts = false
  /// How Postgres failed since it last worked: what those who waited in vain waited for.
  private var lastFailure: PostgresError?
  /// When each lane that is at work began its batch.
  private var batchStarts: [MonotonicInstant?]
  private var regrouping = Regrouping()
  private var isWatching = false
  private var busyBulkLanes = 0
  private var bulkAccounts: Set<AccountKey> = []
  private var isWaitingForHeld = false
  private var isStartScheduled = false

  package init(
    _ options: LaneOptions, pool: PostgresPool, catalog: PointTypeCatalog,
    zones: TimeZoneFiles = TimeZoneFiles(), on loop: EventLoop, project: @escaping Project
  ) {
    self.options = options
    self.pool = pool
    self.catalog = catalog
    self.loop = loop
    self.project = project
    periods = PeriodKeeper(pool: pool, catalog: catalog, zones: zones)
    batchStarts = Array(repeating: nil, count: options.lanes)
    let queue = WaitingPostings<PendingPosting>(
      legsMax: options.waitingLegsMax, legsPerBatch: options.legsPerBatch)
    waiting = queue
    waitingLarge = queue
    waitingForHeld = queue
  }

  /// Lanes that are at a batch.
  var busyLanes: Int { batchStarts.count { $0 != nil } }

  /// Legs that wait for a transaction.
  package var waitingLegs: Int { waiting.legs + waitingLarge.legs + waitingForHeld.legs }

  /// How many connections the pool needs for the lanes, the bulk and what is set aside.
  package static func sessions(_ options: LaneOptions) -> Int {
    options.lanes + options.bulkLanes + 1
  }

  /// Makes the posting, or says why not. It is settled when this returns: committed, refused, or untouched.
  package func post(_ posting: Posting) async throws(LedgerError) -> PostingOutcome {
    try await begin(posting).value().get()
  }

  /// The same for whoever does something else meanwhile.
  func begin(_ posting: Posting) -> OneShot<Result<PostingOutcome, LedgerError>> {
    loop.preconditionInside()
    let pending = PendingPosting(posting, arrival: loop.clock.now, patience: options.patience)
    do throws(LedgerError) { try enqueue(pending) } catch { pending.outcome.fulfil(.failure(error)) }
    return pending.outcome
  }

  /// Several postings that have nothing to do with each other; the answers are in their order.
  package func post(all postings: [Posting]) async -> [Result<PostingOutcome, LedgerError>] {
    loop.preconditionInside()
    let now = loop.clock.now
    let pending = postings.map { PendingPosting($0, arrival: now, patience: options.patience) }
    for one in pending {
      do throws(LedgerError) { try enqueue(one) } catch { one.outcome.fulfil(.failure(error)) }
    }
    var outcomes: [Result<PostingOutcome, LedgerError>] = []
    for one in pending { outcomes.append(await one.outcome.value()) }
    return outcomes
  }

  // MARK: The queues

  private func enqueue(_ pending: PendingPosting) throws(LedgerError) {
    let legs = pending.posting.legs.count
    let isLarge = legs > options.legsPerBatch
    guard isLarge ? waitingLarge.hasRoom(for: legs) : waiting.hasRoom(for: legs) else {
      counters.refusedForLoad += 1
      throw .overloaded
    }
    if isLarge { waitingLarge.append(pending, legs: legs) } else { waiting.append(pending, legs: legs) }
    guard !isStartScheduled else { return }
    isStartScheduled = true
    loop.flushFirst(self)
  }

  private func startLanes() {
    for lane in batchStarts.indices where batchStarts[lane] == nil && hasWork(for: lane) { start(lane) }
    startBulk()
    watchWaiting()
  }

  /// The first lane takes what there is; beside one that gets on, another takes only what is worth a
  /// transaction of its own. A lane that has not got on for a while waits for a lock, perhaps, and does not
  /// count.
  private func hasWork(for lane: Int) -> Bool {
    guard let first = waiting.first else { return false }
    let now = loop.clock.now
    let isBesideAnother = batchStarts.indices.contains { other in
      guard other != lane, let start = batchStarts[other] else { return false }
      return start + options.waitForFurtherLane > now
    }
    if isBesideAnother {
      return waiting.legs >= options.legsForFurtherLane
        || first.arrival + options.waitForFurtherLane <= now
    }
    return waiting.legs >= options.legsPerBatch || regrouping.isOver(waiting: waiting.count, at: now)
  }

  private func start(_ lane: Int) {
    batchStarts[lane] = loop.clock.now
    loop.spawn { [self] in
      while hasWork(for: lane) {
        batchStarts[lane] = loop.clock.now
        regrouping.finish(waiting: waiting.count)
        let batch = withoutHeld(waiting.takeBatch())
        await settle(batch)
        regroup(after: batch.count, begun: batchStarts[lane])
      }
      batchStarts[lane] = nil
      // The others may be held up.
      watchWaiting()
    }
  }

  private func regroup(after answered: Int, begun: MonotonicInstant?) {
    let now = loop.clock.now
    let spent = Duration.nanoseconds(now.nanoseconds(since: begun ?? now))
    let pause = min(max(spent, options.regrouping.lowerBound), options.regrouping.upperBound)
    regrouping.begin(answered: answered, waiting: waiting.count, until: now + pause)
    loop.spawn { [self] in
      try? await loop.sleep(for: pause)
      startLanes()
    }
  }

  /// A lane may be held up by a lock. Who came behind it does not wait for it longer than this.
  private func watchWaiting() {
    guard !isWatching, !waiting.isEmpty, batchStarts.contains(where: { $0 == nil }) else { return }
    isWatching = true
    loop.spawn { [self] in
      try? await loop.sleep(for: options.waitForFurtherLane)
      isWatching = false
      startLanes()
    }
  }

  /// In their order. One that shares accounts with another comes behind it here, and not in Postgres, with
  /// half of its accounts locked.
  private func startBulk() {
    while busyBulkLanes < options.bulkLanes, let next = waitingLarge.first, !next.touches(bulkAccounts) {
      busyBulkLanes += 1
      let batch = waitingLarge.takeBatch()
      let accounts = Set(batch.flatMap { $0.posting.legs.map(\.account) })
      bulkAccounts.formUnion(accounts)
      loop.spawn { [self] in
        await settle(batch)
        bulkAccounts.subtract(accounts)
        busyBulkLanes -= 1
        startBulk()
      }
    }
  }

  // MARK: Accounts that somebody holds

  /// The batch without the postings that would only wait; those wait beside the lanes.
  private func withoutHeld(_ batch: [PendingPosting]) -> [PendingPosting] {
    guard !heldAccounts.isEmpty else { return batch }
    waitBeside(batch.filter { $0.touches(heldAccounts) })
    return batch.filter { !$0.touches(heldAccounts) }
  }

  private func waitBeside(_ postings: [PendingPosting]) {
    for pending in postings {
      let legs = pending.posting.legs.count
      pending.isSetAside = true
      if waitingForHeld.hasRoom(for: legs) {
        waitingForHeld.append(pending, legs: legs)
      } else {
        counters.refusedForLoad += 1
        pending.fail(.overloaded)
      }
    }
    guard !isWaitingForHeld, !waitingForHeld.isEmpty else { return }
    isWaitingForHeld = true
    loop.spawn { [self] in
      while !waitingForHeld.isEmpty {
        await settle(waitingForHeld.takeBatch(), isBeside: true)
        forgetAccountsWithoutWaiters()
      }
      isWaitingForHeld = false
    }
  }

  /// Those who waited for an account were answered, or gave up. Whether it is still held is for the next
  /// posting to find out.
  private func forgetAccountsWithoutWaiters() {
    var awaited = Set<AccountKey>()
    waitingForHeld.forEach { pending in
      for leg in pending.posting.legs where heldAccounts.contains(leg.account) { awaited.insert(leg.account) }
    }
    heldAccounts = awaited
  }

  /// Finds which accounts of the batch are held by others right now, so that the rest need not wait for them.
  /// If none is, then it was one that somebody is creating.
  private func setAside(_ batch: [PendingPosting]) async -> BatchPlan {
    let keys = BatchRequest(batch.map(\.posting)).accounts
    do throws(PostgresError) {
      let found = try await pool.query(FindHeldAccounts(keys: keys))
      let isHeld = found.contains(where: \.isThere)
      let held = Set(found.filter { $0.isThere == isHeld }.map(\.key))
      heldAccounts.formUnion(held)
      waitBeside(batch.filter { $0.touches(held) })
      return .attempt(batch.filter { !$0.touches(held) })
    } catch {
      return .split(batch)
    }
  }

  // MARK: A batch

  /// Settles the batch and answers everybody in it. Projecting goes on while the lane takes its next batch.
  private func settle(_ batch: [PendingPosting], isBeside: Bool = false) async {
    var plan = BatchPlan.attempt(batch)
    var attempts = 0
    while case .attempt(let postings) = plan {
      let inTime = withoutExpired(postings)
      guard !inTime.isEmpty else { return }
      attempts += 1
      plan = await attempt(inTime, number: attempts, isBeside: isBeside)
    }
    guard case .split(let postings) = plan else { return }
    let middle = postings.count / 2
    if middle > 0 { await settle(Array(postings[..<middle]), isBeside: isBeside) }
    await settle(Array(postings[middle...]), isBeside: isBeside)
  }

  private func attempt(_ batch: [PendingPosting], number: Int, isBeside: Bool) async -> BatchPlan {
    let request = BatchRequest(batch.map(\.posting))
    let work = BatchTransaction(
      request, createsUsers: options.createsUsers, createsAccounts: createsAccounts || number > 1,
      inDoubt: batch.compactMap { $0.doubt == nil ? nil : $0.posting.id }, catalog: catalog)
    do throws(PostgresError) {
      let settled = try await pool.transaction { (transaction) async throws(PostgresError) in
        try await work.run(in: transaction)
      }
      if work.hasOutrunPeriods {
        // Somebody else may be at it just now.
        _ = try? await periods.layDown()
        return await plan(.againLater, batch, number: number, isBeside: isBeside)
      }
      createsAccounts = settled == nil || work.hasCreatedAccounts
      guard let settled else { return .attempt(batch) }
      counters.note(settled)
      lastFailure = nil
      if isBeside { heldAccounts.subtract(request.accounts) }
      loop.spawn { [self] in await answer(batch, settled) }
      return .attempt([])
    } catch {
      counters.failedBatches += 1
      lastFailure = error.state == nil ? error : lastFailure
      if BatchStep.leavesDoubt(error, in: work.phase) { for pending in batch { pending.doubt = error } }
      let step = BatchStep(after: error, in: work.phase, attempts: number, isAlone: batch.count == 1)
      return await plan(step, batch, number: number, isBeside: isBeside)
    }
  }

  private func plan(
    _ step: BatchStep, _ batch: [PendingPosting], number: Int, isBeside: Bool
  ) async -> BatchPlan {
    switch step {
    case .again: return .attempt(batch)
    case .againLater:
      try? await loop.sleep(for: .milliseconds(50 * number))
      return .attempt(batch)
    case .split: return .split(batch)
    case .setAside where !isBeside: return await setAside(batch)
    case .setAside where batch.count > 1: return .split(batch)
    // Behind the others who wait for something, until its patience ends.
    case .setAside: waitBeside(batch)
    case .answerInFlight:
      for pending in batch { pending.answerInFlight() }
    case .fail(let failure):
      for pending in batch { pending.fail(failure) }
    }
    return .attempt([])
  }

  /// Who waited too long is told so, and not tried again.
  private func withoutExpired(_ batch: [PendingPosting]) -> [PendingPosting] {
    let now = loop.clock.now
    for pending in batch where now > pending.deadline { pending.expire(because: lastFailure) }
    return batch.filter { now <= $0.deadline }
  }

  // MARK: Answers

  private func answer(_ batch: [PendingPosting], _ settled: SettledBatch) async {
    let accounts = settled.accountsToProject
    let unprojected = accounts.isEmpty ? [] : await project(accounts)
    let replayed = await replays(of: batch, settled)
    for (index, pending) in batch.enumerated() {
      let outcome = outcome(at: index, of: batch, settled, replayed)
      pending.outcome.fulfil(outcome.map { $0.projected(exceptIn: unprojected) })
    }
  }
}

extension LedgerLanes: Flushable {
  /// At the end of the turn, so that all postings of a turn go together.
  package func flush() {
    isStartScheduled = false
    startLanes()
  }
}
