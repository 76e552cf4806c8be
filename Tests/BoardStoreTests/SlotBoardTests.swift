// Defined boards in all styles and both directions, against an oracle that counts.
import BoardStore
import Boards
import Ledger
import RedisClient
import TestSupport
import Testing

@Suite struct SlotBoardTests {
  @Test func `places, ranks, neighbours and numbers agree with counting`() async throws {
    try await withStore { store in
      var random = SeededGenerator.forThisRun()
      var world = SlotWorld()
      store.show(world)
      try await store.makeMirror()
      for _ in 0..<6 {
        await store.put(
          (0..<150).map { _ in
            world.change("user-\(Int.random(in: 0..<200, using: &random))", &random)
          }.newest)
        for board in world.mirrored() {
          await Self.compare(store, Oracle(world.mirroredAccounts, board), &random)
        }
      }
    }
  }

  private static func compare(
    _ store: BoardStore, _ oracle: Oracle, _ random: inout SeededGenerator
  ) async {
    let board = oracle.board
    let count = oracle.members.count
    for offset in [0, 1, 7, count / 2, max(0, count - 2), count] {
      let limit = Int.random(in: 0...60, using: &random)
      let page = await store.page(
        of: World.gold, board, offset: Int64(offset), limit: Int64(limit), withStatistics: true)
      let expected = oracle.page(offset: offset, limit: limit, statistics: true)
      #expect(page.value?.hasSameRows(as: expected) == true, "\(board) from \(offset)")
    }
    await SpreadTests.compare(store, oracle, &random)
    // One of them twice, and some who are on no board.
    let many = (0..<90).map { UserID(stored: "user-\($0 * 5 / 2)") }
    let ranks = await store.ranks(of: many + many.prefix(1), on: board)
    #expect(ranks.map(\.value) == (many + many.prefix(1)).map(oracle.standing), "\(board)")
    for number in stride(from: 0, to: 210, by: 23) {
      let user = UserID(stored: "user-\(number)")
      let standing = await store.rank(of: World.gold, board, user: user)
      #expect(standing.value == oracle.standing(of: user), "\(board), \(user)")
      let index = oracle.members.firstIndex { $0.account.key.user == user }
      let around = await store.around(of: World.gold, board, user: user, count: 7)
      #expect(around.value == .some(index.map { oracle.around(index: $0, count: 7) }), "\(board), \(user)")
    }
    for score in SlotWorld.magnitudes.flatMap({ [$0 - 1, $0 + 2] }) {
      let around = await store.around(of: World.gold, board, score: score, count: 5)
      #expect(around.value == oracle.around(index: oracle.place(of: score), count: 5), "\(board), \(score)")
    }
    let users = (0..<140).map { _ in UserID(stored: "user-\(Int.random(in: 0..<210, using: &random))") }
    let standings = await store.users(of: World.gold, board, users)
    #expect(standings.value?.rows == users.map { oracle.standing(of: $0).row })
    #expect(await store.members(of: World.gold, board).value == Int64(count))
    // Scores at the far end of a board that ascends are one to its mirror.
    let most: Int64 = board.order.isAscending ? 1 << 61 : .max
    let bounds = [Int64.min] + SlotWorld.magnitudes.flatMap { [$0, $0 + 2] }.filter { $0 < most } + [most]
    let spread = await store.distribution(of: World.gold, board, bounds: bounds)
    let counts = zip([nil] + bounds.map(Optional.some), bounds.map(Optional.some) + [nil]).map { low, high in
      Int64(oracle.scores.count { $0 >= low ?? .min && (high.map { [score = $0] in score < $0 } ?? true) })
    }
    #expect(spread.value == BoardDistribution(members: Int64(count), counts: counts), "\(board)")
  }

  @Test(arguments: RankStyle.allCases)
  func `a list of users is ranked among itself in the style of the board`(style: RankStyle) async throws {
    try await withStore { store in
      let board = LiveBoard(number: 1, order: BoardOrder(style: style, isAscending: true))
      store.show([World.gold: [board]], upTo: 1)
      try await store.makeMirror()
      let key = SlotKey(board: 1, period: 0)
      await store.put(
        [("d", 7, 1), ("a", 5, 9), ("b", 5, 2), ("c", 6, 1)].map { user, score, time in
          World.account(user, slots: [World.slot(key, score, at: time)])
        })
      let standings = await store.users(
        of: World.gold, .slot(key, board.order), ["c", "a", "x", "b"].map(UserID.init(stored:)))
      let expected: [RankStyle: [Int64?]] = [
        .competition: [3, 1, nil, 1], .dense: [2, 1, nil, 1], .ordinal: [3, 2, nil, 1],
      ]
      #expect(standings.value?.localRanks == expected[style])
      #expect(standings.value?.rows.map { $0?.rank } == expected[style])
      let standing = await store.rank(
        of: World.gold, .slot(key, board.order), user: UserID(stored: "d")
      ).value
      #expect(standing?.nextScore == 6 && standing?.missing == 1)
      #expect(standing?.percentile?.description == "25.00")
    }
  }

  @Test func `any order, repeats and losses of sends end in the newest places`() async throws {
    try await withStore { store in
      var random = SeededGenerator.forThisRun()
      var world = SlotWorld()
      store.show(world)
      try await store.makeMirror()
      var sends: [[NamedAccount]] = []
      for _ in 0..<120 {
        let send = (0..<Int.random(in: 1...20, using: &random)).map { _ in
          world.change("\(Int.random(in: 0..<30, using: &random))", periods: 1...2, &random)
        }
        for _ in 0..<Int.random(in: 0...2, using: &random) { sends.append(send) }
      }
      sends.shuffle(using: &random)
      for send in sends { await store.put(send) }
      await store.put(Array(world.accounts.values))
      for send in sends.prefix(20) { await store.put(send) }
      for board in world.mirrored(1) + world.mirrored(2) {
        let page = await store.wholePage(board)
        let oracle = Oracle(world.mirroredAccounts, board)
        #expect(page.value == oracle.page(offset: 0, limit: 1_000, statistics: true), "\(board)")
        await Self.expectScores(store, oracle)
      }
    }
  }

  @Test func `values that share a score leave it with the last of them`() async throws {
    try await withStore { store in
      let key = SlotKey(board: 1, period: 0)
      let board = LiveBoard(number: 1, order: BoardOrder(style: .dense, isAscending: true))
      store.show([World.gold: [board]], upTo: 1)
      try await store.makeMirror()
      var accounts = ["a", "b"].enumerated().map { index, user in
        World.account(user, slots: [World.slot(key, .max - Int64(index))])
      }
      await store.put(accounts)
      for index in accounts.indices {
        accounts[index].account.revision += 1
        accounts[index].account.slots[key] = World.slot(key, 7)
        await store.put([accounts[index]])
        await Self.expectScores(store, Oracle(accounts, .slot(key, board.order)))
      }
    }
  }

  /// Ranks that are dense are counted in the scores that there are, no more and no fewer.
  private static func expectScores(_ store: BoardStore, _ oracle: Oracle) async {
    guard case .slot(let slot, let order) = oracle.board else { return }
    let keys = MirrorKeys(World.gold, epoch: 1)
    let name = String(decoding: keys.scores(of: slot), as: UTF8.self)
    guard case .value(.array(let found)) = await store.redis.command("ZRANGE", name, "0", "-1", "WITHSCORES")
    else {
      Issue.record("no scores")
      return
    }
    let scores = Set(stride(from: 1, to: found.count, by: 2).map { found[$0].bytes })
    #expect(scores.count == (order.style == .dense ? Set(oracle.merits).count : 0), "\(oracle.board)")
  }

  @Test func `who is not listed any more leaves, and an account tells its listed places only`() async throws {
    try await withStore { store in
      let key = SlotKey(board: 3, period: -2)
      let board = LiveBoard(number: 3, order: BoardOrder(), eligibility: Eligibility(enabledOnly: true))
      store.show([World.gold: [board]], upTo: 3)
      try await store.makeMirror()
      var named = World.account("u", slots: [World.slot(key, 5)])
      let mirrored = MirrorBoard.slot(key, board.order)
      await store.put([named])
      #expect(await store.members(of: World.gold, mirrored).value == 1)
      #expect(await store.balance(named.account.key).value??.slots[key]?.score == 5)
      named.isEnabled = false
      named.account.revision = 2
      await store.put([named])
      #expect(await store.members(of: World.gold, mirrored).value == 0)
      #expect(await store.balance(named.account.key).value??.slots.isEmpty == true)
      let standing = await store.rank(of: World.gold, mirrored, user: named.account.key.user)
      #expect(standing.value == BoardStanding(row: nil, members: 0))
    }
  }

  @Test func `an account with a place on a board that is not known yet is not sent`() async throws {
    try await withStore { store in
      let (known, new) = (SlotKey(board: 1, period: 4), SlotKey(board: 2, period: 4))
      store.show([World.gold: [LiveBoard(number: 1, order: BoardOrder())]], upTo: 1)
      try await store.makeMirror()
      let old = World.account("old", slots: [World.slot(known, 1)])
      let fresh = World.account("fresh", slots: [World.slot(known, 2), World.slot(new, 2)])
      let outcomes = await store.send([old, fresh])
      #expect(outcomes == [World.gold: .unavailable(.unknownBoard)])
      #expect(await store.members(of: World.gold, .slot(known, BoardOrder())).value == 1)
      // What it was for is gone by the time it is known: then it is left out.
      store.show([World.gold: [LiveBoard(number: 1, order: BoardOrder())]], upTo: 2)
      await store.put([fresh])
      #expect(await store.members(of: World.gold, .slot(known, BoardOrder())).value == 2)
    }
  }
}

extension [NamedAccount] {
  /// The last state of each account.
  var newest: [NamedAccount] { Array(Dictionary(map { ($0.account.key, $0) }) { $1 }.values) }
}
