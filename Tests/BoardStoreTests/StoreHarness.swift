// What a test of the store needs: a Redis of its own, one or more workers' stores on it, and accounts.
import BoardScripts
import BoardStore
import Boards
import EmbeddedServers
import EventLoop
import Ledger
import RedisClient
import TestSupport
import Testing

/// A ledger, one of its point types, and the accounts that tests make of it.
enum World {
  static let ledger = LedgerIncarnation(
    ledger: UUIDBits(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210),
    systemIdentifier: 7_300_000_000_000_000_001, databaseOID: 16_384, timeline: 1,
    startedAt: Instant(microseconds: 1_700_000_000_000_000))
  static let gold = PointTypeID(UUIDBits(high: 1, low: 0xFFFF_FFFF_FFFF_FFFF))
  static let silver = PointTypeID(UUIDBits(high: 2, low: 2))

  static func other(
    ledger high: UInt64? = nil, system: UInt64? = nil, timeline: UInt32? = nil, startedAt: Instant? = nil
  ) -> LedgerIncarnation {
    LedgerIncarnation(
      ledger: high.map { UUIDBits(high: $0, low: 0) } ?? ledger.ledger,
      systemIdentifier: system ?? ledger.systemIdentifier, databaseOID: ledger.databaseOID,
      timeline: timeline ?? ledger.timeline, startedAt: startedAt ?? ledger.startedAt)
  }

  static func key(_ user: String, _ pointType: PointTypeID = gold) -> AccountKey {
    AccountKey(user: UserID(stored: user), pointType: pointType)
  }

  static func account(
    _ user: String, _ balance: Int64, earned: Int64? = nil, revision: Int64 = 1, at microseconds: Int64 = 1,
    of pointType: PointTypeID = gold, name: String? = nil
  ) -> NamedAccount {
    let time = Instant(microseconds: microseconds)
    let account = Account(
      key: key(user, pointType), balance: balance, held: 1, totalEarned: earned ?? balance, totalSpent: 3,
      version: revision, revision: revision, lastTransactionAt: time, earnedAt: time, updatedAt: time)
    return NamedAccount(account, displayName: name)
  }

  static func account(_ user: String, revision: Int64 = 1, slots: [BoardSlot]) -> NamedAccount {
    var named = account(user, 1, revision: revision)
    named.account.slots = BoardSlots(slots)
    return named
  }

  static func slot(_ key: SlotKey, _ score: Int64, at microseconds: Int64 = 1) -> BoardSlot {
    BoardSlot(key: key, score: score, reachedAt: Instant(microseconds: microseconds), count: 1)
  }

  static func position(_ number: Int64) -> LedgerPosition {
    LedgerPosition(number, batch: UUIDBits(high: 9, low: UInt64(number)))
  }
}

/// Runs a store that is connected, on a server of its own.
func withStore(
  _ ledger: LedgerIncarnation? = World.ledger,
  _ body: @escaping @Sendable (BoardStore) async throws -> Void
) async throws {
  var options = EmbeddedOptions.forTests
  options.includesPostgres = false
  let server = try EmbeddedServers.start(options)
  try await withStore(on: server, ledger, body)
  server.stop()
}

func withStore(
  on server: EmbeddedServers, _ ledger: LedgerIncarnation? = World.ledger,
  _ body: @escaping @Sendable (BoardStore) async throws -> Void
) async throws {
  let address = try RedisAddress(server.redis.connectionURL)
  var options = RedisOptions()
  // On a busy machine answers may be late, and nothing come for seconds.
  (options.timeout, options.stallLimit) = (.seconds(30), .seconds(30))
  try await onNewLoop { [options] loop in
    let client = RedisClient(address: address, loop: loop, scripts: BoardScripts.all, options: options)
    let running = loop.spawn { await client.run() }
    await client.untilReady()
    do {
      try await body(BoardStore(redis: client, incarnation: ledger))
    } catch {
      Issue.record("\(error)")
    }
    await client.close(deadline: .seconds(1))
    await running.value
  }
}

extension RedisClient {
  func untilReady() async {
    let end = ContinuousClock.now + .seconds(10)
    while health != .ready, ContinuousClock.now < end { try? await loop.sleep(for: .milliseconds(1)) }
    #expect(health == .ready)
  }

  func command(_ name: StaticString, _ arguments: String...) async -> RedisReply {
    await send(RedisCommand(name, arguments.map { Array($0.utf8) }))
  }
}

extension BoardStore {
  /// Where users stand who are asked about one by one in the same turn.
  func ranks(of users: [UserID], on board: MirrorBoard = .balance) async -> [MirrorAnswer<BoardStanding>] {
    let answers = ManyAnswers()
    for (index, user) in users.enumerated() {
      redis.loop.spawn { [self] in
        answers.found[index] = await rank(of: World.gold, board, user: user)
        if answers.found.count == users.count { answers.all.fulfil(()) }
      }
    }
    await answers.all.value()
    return users.indices.compactMap { answers.found[$0] }
  }

  /// What lies in Redis for one type.
  func state(of pointType: PointTypeID = World.gold) async throws -> MirrorState {
    try await markers(of: [pointType])[0]
  }

  /// Makes an empty mirror complete, as for a new point type, and trusts it.
  func makeMirror(of pointType: PointTypeID = World.gold, at position: Int64 = 1) async throws {
    let begun = try await beginEpoch(seeing: try await state(of: pointType), at: World.position(position))
    #expect(begun == .done)
    let finished = try await finishEpoch(seeing: try await state(of: pointType))
    #expect(finished == .done)
    trust(from: position, since: connection)
  }

  /// Sends accounts of one type and expects that they are taken.
  func put(
    _ accounts: [NamedAccount], for purpose: SendPurpose = .follow,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async {
    let outcomes = await send(accounts, for: purpose)
    #expect(outcomes.values.allSatisfy { $0 == .applied }, "\(outcomes)", sourceLocation: sourceLocation)
  }

  /// How many writes were begun in the first epoch, and how many ended.
  func writes() async -> [Int?] {
    let fields = ["begun", "ended"].map { Array($0.utf8) }
    let reply = await redis.hmget(MirrorKeys(World.gold, epoch: 1).sums, fields)
    guard case .value(let counts) = reply else { return [] }
    return counts.map { $0.flatMap { Int(String(decoding: $0, as: UTF8.self)) } }
  }

  func wholePage(_ board: MirrorBoard = .balance) async -> MirrorAnswer<BoardPage> {
    await page(of: World.gold, board, offset: 0, limit: 1_000, withStatistics: true)
  }
}

extension MirrorAnswer {
  var value: Value? {
    if case .value(let value, _) = self { value } else { nil }
  }

  var reason: MirrorUnavailable? {
    if case .unavailable(let reason) = self { reason } else { nil }
  }
}

/// Of one loop.
private final class ManyAnswers: @unchecked Sendable {
  var found: [Int: MirrorAnswer<BoardStanding>] = [:]
  let all = OneShot<Void>()
}
