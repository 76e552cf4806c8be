// A mirror is built beside the live one and takes its place at once; of two who try, one succeeds.
import BoardScripts
import BoardStore
import Boards
import EmbeddedServers
import EventLoop
import Ledger
import RedisClient
import TestSupport
import Testing

@Suite struct EpochTests {
  @Test func `sends go to both epochs while one is being built, and it takes over in one step`() async throws
  {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("old", 1), World.account("ghost", 9)])
      let begun = try await store.beginEpoch(seeing: try await store.state(), at: World.position(3))
      #expect(begun == .done)
      await store.put([World.account("both", 2)])
      await store.put([World.account("old", 1), World.account("both", 7, revision: 0)], for: .build)
      #expect(await store.wholePage().value?.members == 3)
      let seen = try await store.state()
      #expect(seen.live?.position == World.position(1))
      #expect(seen.building?.position == World.position(3))
      #expect(seen.building?.state == .building)

      let other = MirrorKeys(World.gold, epoch: 1)
      let finished = try await store.finishEpoch(seeing: seen)
      #expect(finished == .done)
      let page = await store.wholePage()
      let oracle = Oracle([World.account("old", 1), World.account("both", 2)], .balance)
      #expect(page == .value(oracle.page(offset: 0, limit: 9, statistics: true), position: 3))
      for key in [other.accounts, other.balance, other.earned, other.sums] {
        #expect(await store.redis.send(RedisCommand("EXISTS", key: key)) == .value(.integer(0)))
      }
      let state = try await store.state()
      #expect(state.live?.state == .complete && state.building == nil)
    }
  }

  @Test func `a send to the building epoch leaves the live one alone`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      _ = try await store.beginEpoch(seeing: try await store.state(), at: .start)
      await store.put([World.account("u", 2)], for: .build)
      #expect(await store.balance(World.key("u")).value == .some(nil))
    }
  }

  @Test func `another worker notices a new epoch by itself, reading and sending`() async throws {
    var options = EmbeddedOptions.forTests
    options.includesPostgres = false
    let server = try EmbeddedServers.start(options)
    try await withStore(on: server) { first in
      try await first.makeMirror()
      let client = RedisClient(
        address: first.redis.address, loop: first.redis.loop, scripts: BoardScripts.all,
        options: first.redis.options)
      let running = first.redis.loop.spawn { await client.run() }
      await client.untilReady()
      let second = BoardStore(redis: client, incarnation: World.ledger)
      second.trust(from: 1, since: second.connection)
      await second.put([World.account("u", 1)])
      #expect(await second.wholePage().value?.members == 1)

      _ = try await first.beginEpoch(seeing: try await first.state(), at: World.position(2))
      await second.put([World.account("v", 1)])
      _ = try await first.finishEpoch(seeing: try await first.state())
      #expect(await second.wholePage().value?.rows.map(\.account) == [World.account("v", 1)])

      try await first.makeMirror(at: 3)
      await second.put([World.account("w", 1)])
      #expect(await second.balance(World.key("w")) == .value(World.account("w", 1).account, position: 3))
      _ = await first.redis.command("FLUSHALL")
      try await first.makeMirror(at: 4)
      #expect(await second.balance(World.key("w")) == .value(nil, position: 4))
      await client.close(deadline: .seconds(1))
      await running.value
    }
    server.stop()
  }

  @Test func `of two who begin, finish or drop an epoch only one does`() async throws {
    try await withStore { store in
      let none = try await store.state()
      #expect(try await store.beginEpoch(seeing: none, at: .start) == .done)
      #expect(try await store.beginEpoch(seeing: none, at: .start) == .changed)
      let building = try await store.state()
      #expect(try await store.beginEpoch(seeing: building, at: .start) == .changed)
      #expect(try await store.finishEpoch(seeing: none) == .changed)
      #expect(try await store.finishEpoch(seeing: building) == .done)
      #expect(try await store.finishEpoch(seeing: building) == .changed)
      #expect(try await store.dropEpoch(seeing: building) == .changed)

      let live = try await store.state()
      #expect(try await store.beginEpoch(seeing: live, at: .start) == .done)
      let second = try await store.state()
      #expect(try await store.dropEpoch(seeing: live) == .changed)
      #expect(try await store.dropEpoch(seeing: second) == .done)
      #expect(try await store.dropEpoch(seeing: second) == .changed)
      let after = try await store.state()
      #expect(after.live == live.live && after.epochs.live == live.epochs.live && after.building == nil)
    }
  }

  @Test func `a builder that comes back late does not touch its successor's epoch`() async throws {
    try await withStore { store in
      let first = UUIDBits(high: 1, low: 1)
      let second = UUIDBits(high: 2, low: 2)
      let none = try await store.state()
      #expect(try await store.beginEpoch(seeing: none, at: World.position(1), by: first) == .done)
      let late = try await store.state()
      #expect(late.epochs.isBeing(builtBy: first))
      #expect(try await store.dropEpoch(seeing: late) == .done)
      let dropped = try await store.state()
      #expect(try await store.beginEpoch(seeing: dropped, at: World.position(1), by: second) == .done)
      let present = try await store.state()
      #expect(present.epochs.building?.epoch == 2 && !present.epochs.isBeing(builtBy: first))
      #expect(try await store.finishEpoch(seeing: late) == .changed)
      #expect(try await store.dropEpoch(seeing: late) == .changed)

      // An emptied Redis counts from the beginning: then only the name tells two builders apart.
      _ = await store.redis.command("FLUSHALL")
      let emptied = try await store.state()
      #expect(try await store.beginEpoch(seeing: emptied, at: World.position(1), by: second) == .done)
      #expect(try await store.state().building == late.building)
      #expect(try await store.state().epochs.building == late.epochs.building)
      #expect(try await store.finishEpoch(seeing: late) == .changed)
      #expect(try await store.dropEpoch(seeing: late) == .changed)
      #expect(try await store.finishEpoch(seeing: try await store.state()) == .done)
    }
  }

  @Test func `a number that an epoch once had is not given again`() async throws {
    try await withStore { store in
      let seen = try await store.state()
      #expect(try await store.beginEpoch(seeing: seen, at: .start) == .done)
      #expect(try await store.dropEpoch(seeing: try await store.state()) == .done)
      #expect(try await store.beginEpoch(seeing: seen, at: .start) == .changed)
      #expect(try await store.beginEpoch(seeing: try await store.state(), at: .start) == .done)
      #expect(try await store.state().epochs.building?.epoch == 2)
    }
  }

  @Test func `damage of one type is no matter of the others`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let copper = PointTypeID(UUIDBits(high: 3, low: 3))
      _ = await store.redis.send(RedisCommand("SET", key: MirrorKeys.epochs(of: copper), [[1]]))
      _ = await store.redis.send(
        RedisCommand("HSET", key: MirrorKeys.epochs(of: World.silver), [Array("live".utf8), [0x78]]))
      let outcomes = await store.markerOutcomes(of: [copper, World.gold, World.silver])
      guard case .failure(.failed) = outcomes[0] else { throw MirrorUnavailable.damaged }
      #expect(try outcomes[1].get().live?.position == World.position(1))
      #expect(outcomes[2] == .failure(.damaged))

      let other = BoardStore(redis: store.redis, incarnation: World.ledger)
      let sent = await other.send([
        World.account("u", 1), World.account("u", 1, of: World.silver), World.account("u", 1, of: copper),
      ])
      #expect(sent[World.gold] == .applied)
      #expect(sent[World.silver] == .unavailable(.damaged))
      guard case .unavailable(.failed)? = sent[copper] else { throw MirrorUnavailable.damaged }
    }
  }

  @Test func `an epoch that moved on is not finished at an older position`() async throws {
    try await withStore { store in
      _ = try await store.beginEpoch(seeing: try await store.state(), at: .start)
      let seen = try await store.state()
      let moved = await store.movePositions(
        [PositionMove(seen, .building, to: World.position(5))], on: store.connection)
      #expect(moved == [.done])
      #expect(try await store.finishEpoch(seeing: seen) == .changed)
      #expect(try await store.finishEpoch(seeing: try await store.state()) == .done)
      #expect(try await store.state().live?.position == World.position(5))
    }
  }

  @Test func `a position moves from where it was seen only, and on the connection of the sends`() async throws
  {
    try await withStore { store in
      try await store.makeMirror()
      try await store.makeMirror(of: World.silver)
      let gold = try await store.state()
      let silver = try await store.state(of: World.silver)
      let moves = [
        PositionMove(gold, .live, to: World.position(2)),
        PositionMove(gold, .building, to: World.position(2)),
        PositionMove(silver, .live, to: World.position(2)),
      ]
      #expect(await store.movePositions(moves, on: store.connection - 1) == [.changed, .changed, .changed])
      #expect(await store.movePositions(moves, on: store.connection) == [.done, .changed, .done])
      #expect(await store.movePositions(moves, on: store.connection) == [.done, .changed, .done])
      let later = [PositionMove(gold, .live, to: World.position(3))]
      #expect(await store.movePositions(later, on: store.connection) == [.changed])
      #expect(try await store.state().live?.position == World.position(2))
    }
  }

  @Test func `what a broken attempt left behind is gone when an epoch begins`() async throws {
    try await withStore { store in
      let keys = MirrorKeys(World.gold, epoch: 1)
      _ = await store.redis.send(RedisCommand("HSET", key: keys.accounts, [[1], [1], [], [2]]))
      _ = await store.redis.send(RedisCommand("ZADD", key: keys.balance, [[0x30], [1]]))
      try await store.makeMirror()
      #expect(await store.wholePage().value == BoardPage(rows: [], offset: 0, members: 0))
      #expect(await store.balance(World.key("\u{1}")).value == .some(nil))
    }
  }

  @Test func `no step is done once a marker is another than was judged`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      _ = try await store.beginEpoch(seeing: try await store.state(), at: .start)
      let both = try await store.state()
      let live = try #require(both.epochs.live?.accounts)
      let building = try #require(both.epochs.building?.accounts)
      let other = MirrorMarker(incarnation: World.other(ledger: 3), state: .complete, position: .start)
      let own = MirrorMarker(incarnation: World.ledger, state: .complete, position: World.position(1))
      let set = { (key: [UInt8], marker: MirrorMarker?) in
        let arguments = marker.map { [[], $0.bytes] } ?? [[]]
        _ = await store.redis.send(RedisCommand(marker == nil ? "HDEL" : "HSET", key: key, arguments))
      }
      for marker in [other, nil] {
        await set(live, marker)
        #expect(try await store.finishEpoch(seeing: both) == .changed)
        await set(live, own)
        await set(building, marker)
        #expect(try await store.dropEpoch(seeing: both) == .changed)
        await set(building, both.building)
      }
      #expect(try await store.dropEpoch(seeing: both) == .done)
      let alone = try await store.state()
      for marker in [other, nil] {
        await set(live, marker)
        #expect(try await store.beginEpoch(seeing: alone, at: .start) == .changed)
      }
      let unmarked = try await store.state()
      _ = try await store.beginEpoch(seeing: unmarked, at: .start)
      let beside = try await store.state()
      await set(live, own)
      #expect(try await store.finishEpoch(seeing: beside) == .changed)
      #expect(try await store.dropEpoch(seeing: beside) == .done)
      #expect(try await store.beginEpoch(seeing: unmarked, at: .start) == .changed)
    }
  }
}
