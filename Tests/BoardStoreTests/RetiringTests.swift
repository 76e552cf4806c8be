// Periods that are closed for good leave Redis, whoever is late, and cost nothing from then on.
import BoardStore
import Boards
import Ledger
import RedisClient
import TestSupport
import Testing

@Suite struct RetiringTests {
  private static let order = BoardOrder(style: .dense)
  private static let board = LiveBoard(number: 7, order: order)

  private static func key(_ period: Int32) -> SlotKey { SlotKey(board: 7, period: period) }

  private static func account(_ user: Int, _ periods: [Int32], revision: Int64 = 1) -> NamedAccount {
    World.account("\(user)", revision: revision, slots: periods.map { World.slot(key($0), Int64(user)) })
  }

  @Test func `a period that is retired is neither read nor brought back`() async throws {
    try await withStore { store in
      store.show([World.gold: [Self.board]], upTo: 7)
      try await store.makeMirror()
      await store.put((1...9).map { Self.account($0, [1, 2]) })
      try await store.retire(World.gold, Self.key(1))
      try await store.retire(World.gold, Self.key(1))
      let retired = await store.members(of: World.gold, .slot(Self.key(1), Self.order))
      #expect(retired.reason == .retired)
      let rank = await store.rank(
        of: World.gold, .slot(Self.key(1), Self.order), user: UserID(stored: "3"))
      #expect(rank.reason == .retired)
      #expect(await store.keyNames() == Self.names(1, ["b", "d"], [2]))
      // Those who are late, one of them with a state in which the ledger had left the period out already.
      await store.put([
        Self.account(1, [1, 2], revision: 2), Self.account(10, [1, 2]), Self.account(2, [2], revision: 2),
      ])
      #expect(await store.keyNames() == Self.names(1, ["b", "d"], [2]))
      let page = await store.wholePage(.slot(Self.key(2), Self.order))
      #expect(page.value?.rows.map(\.score) == Array((1...10).reversed()))
      #expect(page.value?.statistics?.sum == 55)
    }
  }

  /// The keys of an epoch with some periods of the board.
  private static func names(_ epoch: Int, _ kinds: [String], _ periods: [Int32]) -> Set<String> {
    let sets = kinds.flatMap { kind in
      periods.map { "\(epoch):\(kind):00000007" + String(UInt32(bitPattern: $0), radix: 16).padded(8) }
    }
    return Set(["epochs"] + ["accounts", "balance", "earned", "sums"].map { "\(epoch):\($0)" } + sets)
  }

  @Test func `retiring while others send leaves nothing of the period`() async throws {
    try await withStore { store in
      var random = SeededGenerator.forThisRun()
      store.show([World.gold: [Self.board]], upTo: 7)
      try await store.makeMirror()
      for round in 1...20 {
        let periods: [Int32] = [Int32(round), Int32(round) + 1]
        let users = (0..<40).map { _ in Int.random(in: 0..<300, using: &random) }
        async let sent: Void = store.put(
          Set(users).map { Self.account($0, periods, revision: Int64(round)) })
        try await store.retire(World.gold, Self.key(Int32(round)))
        await sent
        #expect(await store.keyNames() == Self.names(1, ["b", "d"], [Int32(round) + 1]), "round \(round)")
      }
    }
  }

  @Test func `a thousand retired periods cost no more than one`() async throws {
    try await withStore { store in
      store.show([World.gold: [Self.board]], upTo: 7)
      try await store.makeMirror()
      let keys = MirrorKeys(World.gold, epoch: 1)
      let sums = String(decoding: keys.sums, as: UTF8.self)
      var lengths: Set<String> = []
      for period in Int32(-500)..<500 {
        await store.put((0..<3).map { Self.account($0, [period], revision: Int64(period) + 1_000) })
        try await store.retire(World.gold, Self.key(period))
        if period >= -499 { lengths.insert("\(await store.redis.command("HLEN", sums))") }
      }
      #expect(lengths.count == 1)
      #expect(await store.keyNames() == Self.names(1, [], []))
    }
  }

  @Test func `whatever is closed of a board that is gone goes at once`() async throws {
    try await withStore { store in
      store.show([World.gold: [Self.board, LiveBoard(number: 8, order: Self.order)]], upTo: 8)
      try await store.makeMirror()
      let other = SlotKey(board: 8, period: .max)
      await store.put([
        World.account(
          "u", slots: [World.slot(Self.key(.min), 1), World.slot(Self.key(.max), 1), World.slot(other, 1)])
      ])
      try await store.retire(World.gold, Self.key(.max))
      let names = await store.keyNames()
      #expect(names.subtracting(Self.names(1, [], [])) == ["1:b:000000087fffffff", "1:d:000000087fffffff"])
    }
  }

  @Test func `an epoch takes its sets with it, and a new one has what is not closed`() async throws {
    try await withStore { store in
      store.show([World.gold: [Self.board]], upTo: 7)
      try await store.makeMirror()
      let accounts = (1...200).map { Self.account($0, [3, 4]) }
      await store.put(accounts)
      try await store.retire(World.gold, Self.key(2))
      store.show(
        [World.gold: [LiveBoard(number: 7, order: Self.order, firstPeriod: 4)]], upTo: 7)
      let begun = try await store.beginEpoch(seeing: try await store.state(), at: World.position(2))
      #expect(begun == .done)
      try await store.retireClosed(of: World.gold)
      await store.put(accounts, for: .build)
      let both = Self.names(1, ["b", "d"], [4]).union(Self.names(2, ["b", "d"], [4]))
      #expect(await store.keyNames() == both)
      let dropped = try await store.dropEpoch(seeing: try await store.state())
      #expect(dropped == .done)
      #expect(await store.keyNames() == Self.names(1, ["b", "d"], [4]))
      try await store.makeMirror(at: 3)
      #expect(await store.keyNames() == ["epochs", "3:accounts", "3:sums"])
      await store.put(accounts)
      #expect(await store.members(of: World.gold, .slot(Self.key(4), Self.order)).value == 200)
    }
  }

  @Test func `nothing is retired under the marker of another ledger`() async throws {
    try await withStore { store in
      store.show([World.gold: [Self.board]], upTo: 7)
      try await store.makeMirror()
      await store.put([Self.account(1, [1])])
      store.identify(as: World.other(ledger: 77))
      try await store.retire(World.gold, Self.key(1))
      #expect(await store.keyNames() == Self.names(1, ["b", "d"], [1]))
    }
  }
}

extension String {
  fileprivate func padded(_ width: Int) -> String { String(repeating: "0", count: width - count) + self }
}
