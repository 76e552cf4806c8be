// Verifies in the background, a little each second: some accounts against ledger and boards, some members of
// each board against the accounts, some chains; and of every mirror whether it holds as many members as it
// must. What has drifted at a second look is repaired and told. Every process has one and begins somewhere
// else; one of them now and then holds the sums and numbers of whole boards against the ledger.
package import BoardStore
import Boards
package import EventLoop
import Ledger
package import LedgerStore
package import PostgresClient
import Projection

/// Used on one worker's loop.
package final class ContinuousVerifier: @unchecked Sendable {
  private static let interval = Duration.seconds(1)
  /// Of more types not all are weighed every time.
  static let weighedMax = 64
  /// Chains for each slice.
  static let chainsMax = 3
  static let brokenMax = 100

  let loop: EventLoop
  let boards: BoardStore
  let catalog: PointTypeCatalog
  private let following: LedgerFollowing
  private let examiner: MirrorExaminer
  private let repair: MirrorRepair
  let searcher: MirrorVerifier
  let search: SearchLease
  /// Nil where sums are not compared.
  let sums: MirrorSums?
  let chains: ChainReader
  /// So many links of each chain in a slice: a bound of what a second costs.
  let chainPage: Int
  /// A chain that takes more than one slice, and how far it has been walked.
  var longWalk: (key: AccountKey, walk: ChainWalk)?
  let rebuilder: Rebuilder
  private let rate: Int
  /// Not more often is a mirror searched through, or built anew, for the same reason.
  private let pause: Duration
  let tell: (VerifierEvent) -> Void
  package internal(set) var status = VerifierStatus()

  private var walk = SampleWalk()
  var balances: [PointTypeID: MirrorBalance] = [:]
  var nextWeighed = 0
  var turns = SumTurns()
  var isSearcher = false
  /// By how much mirrors are uneven though they were searched through and built anew.
  var unhelped: [PointTypeID: Int64] = [:]
  private var searchedAt: [PointTypeID: MonotonicInstant] = [:]

  /// `rate` accounts a second, at least 1. The sessions of `snapshots` see one moment a transaction
  /// (`PostgresConnectionOptions.seeOneMoment`).
  package init(
    loop: EventLoop, pool: PostgresPool, snapshots: PostgresPool?, boards: BoardStore,
    catalog: PointTypeCatalog, rate: Int, grace: Duration = MirrorExaminer.grace,
    pause: Duration = .seconds(60), chainPage: Int = 1_000, tell: @escaping (VerifierEvent) -> Void
  ) {
    self.loop = loop
    self.boards = boards
    self.catalog = catalog
    self.rate = rate
    self.pause = pause
    self.tell = tell
    following = LedgerFollowing(pool)
    let examiner = MirrorExaminer(loop: loop, pool: pool, boards: boards, grace: grace)
    self.examiner = examiner
    repair = MirrorRepair(boards: boards, examiner: examiner)
    searcher = MirrorVerifier(loop: loop, pool: pool, snapshots: snapshots, boards: boards, grace: grace)
    sums = snapshots.map {
      MirrorSums(loop: loop, pool: pool, snapshots: $0, boards: boards, grace: grace)
    }
    chains = ChainReader(LedgerVerifying(pool))
    self.chainPage = chainPage
    let holder = UUIDBits.named()
    rebuilder = Rebuilder(loop: loop, pool: pool, boards: boards, holder: holder)
    search = SearchLease(boards.layout.lease, loop: loop, pool: pool, holder: holder)
  }

  /// Verifies until it is cancelled.
  package func run() async {
    while (try? await loop.sleep(for: Self.interval)) != nil {
      do throws(VerificationError) {
        try await runOnce()
        status.lastFailure = nil
      } catch {
        status.failures += 1
        status.lastFailure = error.description
      }
    }
    await search.giveBack()
  }

  /// One second's work. Mirrors that cannot be relied on are not verified: whoever follows sees to them.
  package func runOnce() async throws(VerificationError) {
    guard boards.minimumPosition != nil, catalog.isLoaded else { return }
    isSearcher = try await search.take()
    try await weighMirrors()
    try await compareSums()
    guard let type = walk.type(among: catalog.all) else { return }
    // What cannot be verified just now is passed by, or one type would keep the others waiting.
    guard let mirror = try? await LiveMirror.of(type.id, in: boards) else {
      return walk.skip(types: catalog.all)
    }
    do throws(VerificationError) {
      try await sample(type, in: mirror)
    } catch {
      walk.skip(types: catalog.all)
      throw error
    }
  }

  // MARK: Samples

  private func sample(_ type: PointType, in mirror: LiveMirror) async throws(VerificationError) {
    if walk.isAtRandom { try await begin(type) }
    let last = walk.last
    let page = try await asking { () throws(PostgresError) in
      try await following.accounts(of: type.id, after: last, limit: rate)
    }
    var drifted = try await verify(page, type, mirror)
    for board in try await scanned(type, mirror) { drifted += try await scan(board, type, mirror) }
    count(samples: Int64(page.count), drifted: Int64(drifted), type)
    try await verifyChains(page, type)
    if walk.advance(page.last?.account.key.user, isEnd: page.count < rate, types: catalog.all) {
      status.passes += 1
      status.lastPass = WallClock.now.microseconds / 1_000_000
    }
    try await rebuildIfNeeded(type)
  }

  /// Begins behind some account, so that many processes do not look at the same ones.
  private func begin(_ type: PointType) async throws(VerificationError) {
    let members = await boards.page(of: type.id, .balance, offset: 0, limit: 0)
    guard case .value(let page, _) = members, page.members > 1 else { return walk.begin(after: nil) }
    let rank = Int64.random(in: 0..<page.members)
    guard case .value(let one, _) = await boards.page(of: type.id, .balance, offset: rank, limit: 1) else {
      return walk.begin(after: nil)
    }
    walk.begin(after: one.rows.first?.account.account.key.user)
  }

  private func verify(
    _ page: [NamedAccount], _ type: PointType, _ mirror: LiveMirror
  ) async throws(VerificationError) -> Int {
    status.accounts += page.count
    let differing = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.differing(from: page, in: mirror.keys)
    }
    let revisions = Dictionary(page.map { ($0.account.key, $0.account.revision) }) { $1 }
    let suspects = differing.map { Suspect($0.key, revision: revisions[$0.key] ?? 0) }
    let drifted = try await examiner.examine(suspects, in: mirror).drifted
    guard !drifted.isEmpty else { return 0 }
    let repaired = try? await repair.repair(drifted, in: mirror)
    status.repaired += repaired ?? 0
    if drifted.contains(where: \.concernsSums) { turns.doubt(type.id) }
    for drift in drifted.flatMap(\.drifts) {
      status.note(drift)
      tell(.drift(drift, type: type.name, isRepaired: repaired != nil))
    }
    return drifted.count
  }

  /// The boards that every type has, and one of the others.
  private func scanned(
    _ type: PointType, _ mirror: LiveMirror
  ) async throws(VerificationError) -> [MirroredSet] {
    let weight = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.weigh(type.id, in: mirror.keys)
    }
    let others = weight.members.keys.filter { !MirroredSet.always.contains($0) }
    return MirroredSet.always + [others.randomElement()].compactMap(\.self)
  }

  private func scan(
    _ board: MirroredSet, _ type: PointType, _ mirror: LiveMirror
  ) async throws(VerificationError) -> Int {
    let cursor = walk.cursor(of: board, type.id, epoch: mirror.keys.epoch)
    let scan = try await mirroring { () throws(MirrorUnavailable) in
      try await boards.scan(board, from: cursor, count: rate, in: mirror.keys)
    }
    walk.note(scan.next, of: board, type.id, epoch: mirror.keys.epoch)
    status.members += Int(scan.looked)
    let strange = scan.strange.compactMap { member in
      MirrorJudge.drift(of: member, in: type.id).map { (member: member, drift: $0) }
    }
    guard !strange.isEmpty else { return 0 }
    let ghosts = strange.map { MirrorGhost.member(board, $0.member.member) }
    let removed = try? await repair.remove(ghosts, from: mirror)
    status.repaired += removed ?? 0
    // What was removed is missing from what there was before, and no loss.
    balances[type.id] = nil
    for (_, drift) in strange {
      status.note(drift)
      tell(.drift(drift, type: type.name, isRepaired: removed != nil))
    }
    return strange.count
  }

  func count(samples: Int64, drifted: Int64, _ type: PointType) {
    let wasAlarming = status.windows[type.name]?.isAlarming ?? false
    status.windows[type.name, default: DriftWindow()].add(samples: samples, drifted: drifted)
    guard let window = status.windows[type.name], window.isAlarming != wasAlarming else { return }
    tell(wasAlarming ? .calm(type: type.name) : .alarm(type: type.name, ratio: window.ratio))
  }

  /// What drifts again and again, though it is repaired, has a reason that a new mirror may not have.
  private func rebuildIfNeeded(_ type: PointType) async throws(VerificationError) {
    guard status.windows[type.name]?.keepsOn == true, mayTouch(type) else { return }
    await rebuild(type)
  }

  func rebuild(_ type: PointType) async {
    tell(.rebuild(type: type.name))
    guard (try? await rebuilder.rebuild(type.id)) == true else { return }
    status.rebuilds += 1
    status.windows[type.name] = DriftWindow()
  }

  func mayTouch(_ type: PointType) -> Bool {
    let now = loop.clock.now
    if let last = searchedAt[type.id], now < last + pause { return false }
    searchedAt[type.id] = now
    return true
  }
}
