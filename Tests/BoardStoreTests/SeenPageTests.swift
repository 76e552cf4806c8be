// Who has seen a page is told that it is still the same only if it is: whatever writes to a mirror, and
// whatever becomes of Redis.
import BoardStore
import Boards
import EventLoop
import Ledger
import RedisClient
import TestSupport
import Testing

@Suite struct SeenPageTests {
  private static let keys = MirrorKeys(World.gold, epoch: 1)

  @Test func `a page of which nothing has changed is not read again, and its position is that of now`()
    async throws
  {
    try await withStore { store in
      try await store.makeMirror()
      try await store.makeMirror(of: World.silver)
      await store.put((0..<50).map { World.account("\($0)", $0) })
      let (page, stamp) = try await store.look()
      #expect(page?.rows.count == 50 && stamp != nil)
      #expect(await store.look(since: stamp) == .value(.same, position: 1))
      let move = PositionMove(try await store.state(), .live, to: World.position(7))
      let moved = await store.movePositions([move], on: store.connection)
      #expect(moved == [.done])
      await store.put([World.account("u", 1, of: World.silver)])
      // What is sent once more changes nothing.
      await store.put([World.account("7", 7)])
      #expect(await store.look(since: stamp) == .value(.same, position: 7))
    }
  }

  @Test func `whatever changes an account, a place, a sum or a name changes the page`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let ghost = World.account("ghost", 3)
      await store.put((0..<9).map { World.account("\($0)", $0) } + [ghost])
      let changes: [(String, () async throws -> Void)] = [
        ("a score", { await store.put([World.account("4", 40, revision: 2)]) }),
        ("a name", { await store.put([World.account("5", 5, revision: 2, name: "Five")]) }),
        ("a new member", { await store.put([World.account("new", 1)]) }),
        (
          "a repair",
          {
            let seen = PackedAccount.bytes(of: World.account("new", 1))
            _ = await store.repair([AccountRepair(World.account("new", 2), over: seen)])
          }
        ),
        (
          "a ghost",
          {
            let ghosts = [MirrorGhost.account(Array("ghost".utf8), packed: PackedAccount.bytes(of: ghost))]
            let removed = try await store.remove(ghosts, from: Self.keys)
            #expect(removed == 1)
          }
        ),
        (
          "a sum",
          {
            let seen = try await store.corrections(in: Self.keys)[.balance] ?? []
            let isDone = try await store.correctSum(
              of: .balance, by: SumLimbs(5), seeing: seen, in: Self.keys)
            #expect(isDone)
          }
        ),
        ("another epoch", { try await store.makeMirror(at: 2) }),
      ]
      for (what, change) in changes {
        let (before, stamp) = try await store.look()
        try await change()
        let after = await store.wholePage()
        #expect(after.value != before, "\(what)")
        let again = await store.look(since: stamp)
        guard case .value(.page(let page, let next), _) = again else {
          Issue.record("after \(what): \(again)")
          continue
        }
        #expect(page == after.value && next != stamp, "\(what)")
        #expect(await store.look(since: next).value == .same, "\(what)")
      }
    }
  }

  @Test func `a stray member that is removed changes the page`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      let member = Array("12345678stray".utf8)
      _ = await store.redis.send(RedisCommand("ZADD", key: Self.keys.balance, [[0x31], member]))
      let stamp = await store.stamp(limit: 0)
      #expect(stamp != nil)
      let removed = try await store.remove([.member(.balance, member)], from: Self.keys)
      #expect(removed == 1)
      #expect(await store.stamp(limit: 0) != stamp)
    }
  }

  @Test func `a Redis that was emptied and came as far again is not the one before`() async throws {
    try await withStore { store in
      var stamps: [PageStamp?] = []
      for score in [1, 2] as [Int64] {
        _ = await store.redis.command("FLUSHALL")
        try await store.makeMirror()
        await store.put([World.account("u", score)])
        for stamp in stamps {
          let page = await store.look(since: stamp).page
          #expect(page?.rows.first?.score == score)
        }
        stamps.append(try await store.look().1)
      }
      #expect(Set(stamps).count == 2)
    }
  }

  @Test func `after another connection everything is read again`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      let (_, stamp) = try await store.look()
      let before = store.connection
      _ = await store.redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "no")
      let limit = ContinuousClock.now + .seconds(30)
      while store.connection == before, ContinuousClock.now < limit {
        try await store.redis.loop.sleep(for: .milliseconds(1))
      }
      #expect(store.connection > before)
      await store.redis.untilReady()
      store.trust(from: 1, since: store.connection)
      #expect(await store.look(since: stamp).page?.rows.count == 1)
    }
  }

  @Test func `a period that is retired is not the same any more`() async throws {
    try await withStore { store in
      let board = MirrorBoard.slot(SlotKey(board: 7, period: 1), BoardOrder())
      store.show([World.gold: [LiveBoard(number: 7, order: BoardOrder())]], upTo: 7)
      try await store.makeMirror()
      await store.put([World.account("u", slots: [World.slot(SlotKey(board: 7, period: 1), 5)])])
      let stamp = try await store.look(board).1
      #expect(await store.look(board, since: stamp).value == .same)
      try await store.retire(World.gold, SlotKey(board: 7, period: 1))
      #expect(await store.look(board, since: stamp).reason == .retired)
    }
  }

  @Test func `an epoch of an earlier version is read each time`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      _ = await store.redis.send(RedisCommand("HDEL", key: Self.keys.sums, [Array("born".utf8)]))
      let (page, stamp) = try await store.look()
      let again = await store.look(since: stamp)
      guard case .value(.page(let other, let next), _) = again else { throw Unexpected(answer: "\(again)") }
      #expect(page == other && next != stamp)
    }
  }

  @Test func `of those who ask in one turn each gets what he can use, by one command for each stamp`()
    async throws
  {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      let stamp = try await store.look().1
      let before = store.redis.counters.commands
      async let known = store.look(since: stamp)
      async let other = store.look(since: stamp)
      async let first = store.look(since: nil)
      async let stranger = store.look(since: PageStamp(connection: 99, state: [1]))
      let (a, b, c, d) = await (known, other, first, stranger)
      #expect(a.value == .same && b.value == .same)
      #expect(c.page?.rows.count == 1 && d == c)
      #expect(store.redis.counters.commands == before + 2)
    }
  }

  @Test func `whoever asks by stamps sees at each step what others see`() async throws {
    try await withStore { store in
      var random = SeededGenerator.forThisRun()
      try await store.makeMirror()
      var known: [Int64: (page: BoardPage, stamp: PageStamp?)] = [:]
      var spared = 0
      for revision in 1...400 as ClosedRange<Int64> {
        if Int.random(in: 0..<3, using: &random) == 0 {
          let user = "\(Int.random(in: 0..<40, using: &random))"
          await store.put([
            World.account(user, Int64.random(in: 0...9, using: &random), revision: revision)
          ])
        }
        let offset = Int64.random(in: 0..<3, using: &random) * 5
        let look = await store.page(
          of: World.gold, .balance, offset: offset, limit: 10, withStatistics: true,
          since: known[offset]?.stamp)
        switch look.value {
        case .same: spared += 1
        case .page(let page, let stamp): known[offset] = (page, stamp)
        case nil: Issue.record("\(look)")
        }
        let fresh = await store.page(
          of: World.gold, .balance, offset: offset, limit: 10, withStatistics: true)
        #expect(fresh.value == known[offset]?.page)
      }
      #expect(spared > 20, "\(spared) of 400 were the same")
    }
  }

  struct Unexpected: Error {
    let answer: String
  }
}

extension BoardStore {
  fileprivate func look(
    _ board: MirrorBoard = .balance, since seen: PageStamp?
  ) async -> MirrorAnswer<PageLook> {
    await page(of: World.gold, board, offset: 0, limit: 1_000, withStatistics: true, since: seen)
  }

  /// Of a page without rows: what is on the board may be damaged.
  fileprivate func stamp(limit: Int64) async -> PageStamp? {
    let answer = await page(of: World.gold, .balance, offset: 0, limit: limit, since: nil)
    guard case .value(.page(_, let stamp), _) = answer else { return nil }
    return stamp
  }

  /// The page of one who has not seen it.
  fileprivate func look(_ board: MirrorBoard = .balance) async throws -> (BoardPage?, PageStamp?) {
    let answer = await look(board, since: nil)
    guard case .value(.page(let page, let stamp), _) = answer else {
      throw SeenPageTests.Unexpected(answer: "\(answer)")
    }
    return (page, stamp)
  }
}

extension MirrorAnswer<PageLook> {
  fileprivate var page: BoardPage? {
    if case .value(.page(let page, _), _) = self { page } else { nil }
  }
}
