// Boards of many members with many ties, at magnitudes that no double holds, against an oracle that counts.
import BoardStore
import Boards
import Ledger
import TestSupport
import Testing

@Suite struct BoardOracleTests {
  private static let magnitudes: [Int64] = [0, 1_000, 1 << 53 - 5, 1 << 62 - 5, .max - 9]

  private static func members(_ count: Int, _ random: inout SeededGenerator) -> [NamedAccount] {
    (0..<count).map { index in
      func value() -> Int64 {
        (magnitudes.randomElement(using: &random) ?? 0) + Int64.random(in: 0...9, using: &random)
      }
      return World.account(
        "user-\(index)", value(), earned: value(), revision: Int64.random(in: 1...9, using: &random),
        at: Int64.random(in: 1...40, using: &random), name: index % 3 == 0 ? nil : "name \(index)")
    }
  }

  @Test func `ranks of 20,000 members with many ties agree with counting`() async throws {
    try await withStore { store in
      var random = SeededGenerator.forThisRun()
      try await store.makeMirror()
      let accounts = Self.members(20_000, &random)
      await store.put(accounts)
      for board in [MirrorBoard.balance, .earned] {
        let oracle = Oracle(accounts, board)
        for offset in [0, 1, 999, 10_000, 19_990, 19_999, 20_000, 30_000] {
          let limit = Int.random(in: 0...1_000, using: &random)
          let page = await store.page(
            of: World.gold, board, offset: Int64(offset), limit: Int64(limit), withStatistics: true)
          #expect(
            page.value?.hasSameRows(as: oracle.page(offset: offset, limit: limit, statistics: true)) == true)
        }
        for _ in 0..<200 {
          let index = Int.random(in: 0..<20_000, using: &random)
          let user = oracle.members[index].account.key.user
          let standing = await store.rank(of: World.gold, board, user: user)
          #expect(standing.value == oracle.standing(of: user))
          let count = Int.random(in: 1...25, using: &random)
          let around = await store.around(of: World.gold, board, user: user, count: Int64(count))
          #expect(around.value == oracle.around(index: index, count: count))
        }
      }
    }
  }

  @Test func `rows around a score that nobody needs to have`() async throws {
    try await withStore { store in
      var random = SeededGenerator.forThisRun()
      try await store.makeMirror()
      let accounts = Self.members(500, &random)
      await store.put(accounts)
      let oracle = Oracle(accounts, .earned)
      let scores = Self.magnitudes.flatMap { [$0 - 1, $0, $0 + 4] } + [.min, -1, .max]
      for score in scores {
        let around = await store.around(of: World.gold, .earned, score: score, count: 9)
        let center = oracle.scores.count { $0 > score }
        #expect(around.value == oracle.around(index: center, count: 9), "\(score)")
      }
      let all = await store.around(of: World.gold, .earned, score: 0, count: 1_000)
      #expect(all.value == oracle.page(offset: 0, limit: 500))
    }
  }

  @Test func `a list of users is ranked on the whole board and among itself`() async throws {
    try await withStore { store in
      var random = SeededGenerator.forThisRun()
      try await store.makeMirror()
      let accounts = Self.members(1_000, &random)
      await store.put(accounts)
      let oracle = Oracle(accounts, .balance)
      for count in [0, 1, 128, 300] {
        let users = (0..<count).map { _ in
          UserID(stored: "user-\(Int.random(in: 0..<1_200, using: &random))")
        }
        let standings = await store.users(of: World.gold, .balance, users)
        let rows = users.map { oracle.standing(of: $0).row }
        #expect(standings.value?.rows == rows)
        #expect(standings.value?.members == 1_000)
        #expect(standings.value?.localRanks == CompetitionRanks.among(rows.map { $0?.score }))
      }
    }
  }

  @Test func `sums stay exact beyond 64 bits while values rise and fall`() async throws {
    try await withStore { store in
      var random = SeededGenerator.forThisRun()
      try await store.makeMirror()
      var newest: [Int: NamedAccount] = [:]
      for revision in 1...30 {
        let some = (0..<100).map { _ in Int.random(in: 0..<150, using: &random) }
        for user in some {
          let low = Bool.random(using: &random)
          let value =
            low ? Int64.random(in: 0...9, using: &random) : .max - Int64.random(in: 0...9, using: &random)
          newest[user] = World.account("\(user)", value, revision: Int64(revision * 200 + user))
        }
        await store.put(Set(some).compactMap { newest[$0] })
        let page = await store.page(of: World.gold, .balance, offset: 0, limit: 0, withStatistics: true)
        let expected = Oracle(newest.values, .balance).page(offset: 0, limit: 0, statistics: true)
        #expect(page.value?.statistics == expected.statistics)
      }
    }
  }

  @Test func `boards without members, and users who are not on them, have honest answers`() async throws {
    try await withStore { store in
      try await store.makeMirror()
      let nobody = UserID(stored: "nobody")
      let page = await store.wholePage()
      #expect(page == .value(BoardPage(rows: [], offset: 0, members: 0), position: 1))
      let standing = await store.rank(of: World.gold, .balance, user: nobody)
      #expect(standing == .value(BoardStanding(row: nil, members: 0), position: 1))
      let around = await store.around(of: World.gold, .balance, user: nobody, count: 5)
      #expect(around == .value(nil, position: 1))
      let aroundScore = await store.around(of: World.gold, .balance, score: 7, count: 5)
      #expect(aroundScore.value?.rows == [])
      let users = await store.users(of: World.gold, .balance, [nobody])
      #expect(users == .value(BoardStandings(rows: [nil], localRanks: [nil], members: 0), position: 1))
    }
  }
}

extension BoardPage {
  /// Whether it is the same page; where it lies beyond the end, the offset says nothing.
  func hasSameRows(as other: BoardPage) -> Bool {
    rows == other.rows && members == other.members && statistics == other.statistics
  }
}
