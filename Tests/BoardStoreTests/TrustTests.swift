// No answer is given that is not known to be right: an empty, an older and a foreign Redis are all
// unavailable.
import BoardStore
import Boards
import EmbeddedServers
import EventLoop
import Ledger
import RedisClient
import TestSupport
import Testing

@Suite struct TrustTests {
  /// The reasons of every kind of read; nil for one that answered.
  private static func reasons(_ store: BoardStore) async -> [MirrorUnavailable?] {
    let user = UserID(stored: "u")
    return [
      await store.balance(World.key("u")).reason,
      await store.balances(of: World.gold, [user]).reason,
      await store.page(of: World.gold, .balance, offset: 0, limit: 10).reason,
      await store.rank(of: World.gold, .earned, user: user).reason,
      await store.around(of: World.gold, .balance, user: user, count: 3).reason,
      await store.around(of: World.gold, .balance, score: 1, count: 3).reason,
      await store.users(of: World.gold, .earned, [user]).reason,
    ]
  }

  private static func all(_ reason: MirrorUnavailable?) -> [MirrorUnavailable?] {
    Array(repeating: reason, count: 7)
  }

  @Test func `an emptied Redis is unavailable and never absent, and takes no sends`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      #expect(await Self.reasons(store) == Self.all(nil))
      _ = await store.redis.command("FLUSHALL")
      #expect(await Self.reasons(store) == Self.all(.noMirror))
      let outcomes = await store.send([World.account("u", 2, revision: 2)])
      #expect(outcomes == [World.gold: .unavailable(.noMirror)])
      let keys = await store.redis.command("DBSIZE")
      #expect(keys == .value(.integer(0)))
      try await store.makeMirror(at: 2)
      let balance = await store.balance(World.key("u"))
      #expect(balance == .value(nil, position: 2))
    }
  }

  @Test func `a mirror that lost its marker alone is unavailable and takes no sends`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      let keys = MirrorKeys(World.gold, epoch: 1)
      _ = await store.redis.send(RedisCommand("HDEL", key: keys.accounts, [[]]))
      #expect(await Self.reasons(store) == Self.all(.noMirror))
      let outcomes = await store.send([World.account("u", 2, revision: 2)])
      #expect(outcomes == [World.gold: .unavailable(.noMirror)])
    }
  }

  @Test func `an empty text is no marker, however low the floor is`() async throws {
    try await withStore { store in
      try await store.makeMirror(at: 0)
      let keys = MirrorKeys(World.gold, epoch: 1)
      _ = await store.redis.send(RedisCommand("HSET", key: keys.accounts, [[], []]))
      #expect(await Self.reasons(store) == Self.all(.foreign(.unreadable)))
    }
  }

  @Test func `nothing is read before somebody says how far a mirror must be`() async throws {
    try await withStore { store in
      try await store.makeMirror(at: 7)
      await store.put([World.account("u", 1)])
      store.trust(from: 7, since: store.connection)
      #expect(await Self.reasons(store) == Self.all(nil))
      store.trust(from: 8, since: store.connection)
      #expect(await Self.reasons(store) == Self.all(.behind))
      store.identify(as: World.other(timeline: 2))
      #expect(await Self.reasons(store) == Self.all(.untrusted))
      store.trust(from: 0, since: store.connection)
      #expect(await Self.reasons(store) == Self.all(.outdated))
    }
    try await withStore(nil) { store in
      #expect(await Self.reasons(store) == Self.all(.untrusted))
      let outcomes = await store.send([World.account("u", 2)])
      #expect(outcomes == [World.gold: .unavailable(.untrusted)])
    }
  }

  @Test func `a new connection must be trusted anew, and by who looked after it was made`() async throws {
    var options = EmbeddedOptions.forTests
    options.includesPostgres = false
    let server = try EmbeddedServers.start(options)
    try await withStore(on: server) { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      let before = store.connection
      _ = await store.redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no")
      let end = ContinuousClock.now + .seconds(10)
      while store.connection == before, ContinuousClock.now < end {
        try? await store.redis.loop.sleep(for: .milliseconds(1))
      }
      await store.redis.untilReady()
      #expect(store.minimumPosition == nil)
      #expect(await Self.reasons(store) == Self.all(.untrusted))
      store.trust(from: 1, since: before)
      #expect(await Self.reasons(store) == Self.all(.untrusted))
      store.trust(from: 1, since: store.connection)
      store.trust(from: 0, since: before)
      #expect(await Self.reasons(store) == Self.all(nil))
      #expect(store.minimumPosition == 1)
    }
    server.stop()
  }

  @Test func `a mirror that is not complete, or says nothing that can be read, is not read`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let accounts = MirrorKeys(World.gold, epoch: 1).accounts
      let building = MirrorMarker(incarnation: World.ledger, state: .building, position: World.position(1))
      _ = await store.redis.send(RedisCommand("HSET", key: accounts, [[], building.bytes]))
      #expect(await Self.reasons(store) == Self.all(.building))
      _ = await store.redis.send(RedisCommand("HSET", key: accounts, [[], Array("marker".utf8)]))
      #expect(await Self.reasons(store) == Self.all(.foreign(.unreadable)))
      let state = try await store.state()
      await #expect(throws: MirrorUnavailable.foreign(.unreadable)) {
        try await store.beginEpoch(seeing: state, at: .start)
      }
    }
  }

  @Test func `an answer of Redis that is no mirror's is a reason and no answer`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      let accounts = MirrorKeys(World.gold, epoch: 1).accounts
      _ = await store.redis.send(RedisCommand("HSET", key: accounts, [Array("u".utf8), Array("x".utf8)]))
      #expect(await store.balance(World.key("u")).reason == .damaged)
      #expect(await store.wholePage().reason == .damaged)
      _ = await store.redis.command("FLUSHALL")
      _ = await store.redis.send(RedisCommand("SET", key: MirrorKeys.epochs(of: World.gold), [[]]))
      for reason in await Self.reasons(store) {
        guard case .failed? = reason else {
          Issue.record("\(String(describing: reason))")
          continue
        }
      }
    }
  }

  @Test func `without Redis there is a reason and no answer`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.redis.close(deadline: .seconds(1))
      #expect(await Self.reasons(store) == Self.all(.redis(.closed)))
      let outcomes = await store.send([World.account("u", 2)])
      #expect(outcomes == [World.gold: .unavailable(.redis(.closed))])
    }
  }

  @Test(arguments: [
    (World.other(ledger: 5), ForeignMirror.otherLedger(UUIDBits(high: 5, low: 0))),
    (World.other(ledger: 5, system: 9, timeline: 9), .otherLedger(UUIDBits(high: 5, low: 0))),
    (World.other(timeline: 2), .newerTimeline(2)),
  ])
  func `a foreign mirror is neither read nor written nor replaced`(
    owner: LedgerIncarnation, mirror: ForeignMirror
  ) async throws {
    try await withStore(owner) { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      let held = await store.wholePage()

      store.identify(as: World.ledger)
      store.trust(from: 0, since: store.connection)
      #expect(await Self.reasons(store) == Self.all(.foreign(mirror)))
      let account = World.account("u", 2, revision: 2)
      let sent = await store.send([account])
      #expect(sent == [World.gold: .unavailable(.foreign(mirror))])
      let seen = PackedAccount.bytes(of: World.account("u", 1))
      let repaired = await store.repair([AccountRepair(account, over: seen)])
      #expect(repaired == [World.gold: .unavailable(.foreign(mirror))])
      let state = try await store.state()
      await #expect(throws: MirrorUnavailable.foreign(mirror)) {
        try await store.beginEpoch(seeing: state, at: .start)
      }
      let moves = await store.movePositions(
        [PositionMove(state, .live, to: World.position(9))], on: store.connection)
      #expect(moves == [.changed])

      store.identify(as: owner)
      store.trust(from: 1, since: store.connection)
      #expect(await store.wholePage() == held)
    }
  }

  @Test(arguments: [World.other(system: 9), World.other(system: 9, timeline: 7), World.other(timeline: 0)])
  func `a mirror of the ledger before it was restored is not read, but may be replaced`(
    before: LedgerIncarnation
  ) async throws {
    try await withStore(before) { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      store.identify(as: World.ledger)
      store.trust(from: 0, since: store.connection)
      #expect(await Self.reasons(store) == Self.all(.outdated))
      let outcomes = await store.send([World.account("u", 2, revision: 2)])
      #expect(outcomes == [World.gold: .unavailable(.outdated)])
      try await store.makeMirror(at: 5)
      #expect(await store.balance(World.key("u")) == .value(nil, position: 5))
    }
  }

  @Test func `an account that is not on its board is damage and no answer`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      _ = await store.redis.send(RedisCommand("DEL", key: MirrorKeys(World.gold, epoch: 1).balance))
      let rank = await store.rank(of: World.gold, .balance, user: UserID(stored: "u"))
      #expect(rank.reason == .damaged)
      let around = await store.around(of: World.gold, .balance, user: UserID(stored: "u"), count: 1)
      #expect(around.reason == .damaged)
      let users = await store.users(of: World.gold, .balance, [UserID(stored: "u")])
      #expect(users.reason == .damaged)
      let account = World.account("u", 1)
      let outcomes = await store.repair([AccountRepair(account, over: PackedAccount.bytes(of: account))])
      #expect(outcomes == [World.gold: .applied])
      let repaired = await store.rank(of: World.gold, .balance, user: UserID(stored: "u"))
      #expect(repaired.value?.row?.rank == 1)
    }
  }
}
