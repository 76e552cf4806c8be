// A mirror of before Postgres was started anew is nobody's until it was compared, and what a process that
// slept through that still sends does not come in behind the comparison.
import BoardStore
import Ledger
import Testing

@Suite struct ProvingTests {
  private static let later = World.other(startedAt: Instant(microseconds: 1_700_000_000_000_001))
  private static let earlier = World.other(startedAt: Instant(microseconds: 1_699_999_999_999_999))

  private static func reason(_ store: BoardStore) async -> MirrorUnavailable? {
    await store.balance(World.key("u")).reason
  }

  /// Clocks are set back, too: only that it is another start counts.
  @Test(arguments: [later, earlier])
  func `a mirror of another start is neither read nor written to`(ledger: LedgerIncarnation) async throws {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      store.identify(as: ledger)
      store.trust(from: 1, since: store.connection)
      #expect(await Self.reason(store) == .unproven)
      let outcomes = await store.send([World.account("u", 2, revision: 2)])
      #expect(outcomes == [World.gold: .unavailable(.unproven)])
      let state = try await store.state()
      #expect(state.isUnproven(for: ledger) && state.foreign(to: ledger) == nil)
      #expect(await store.endProof(seeing: state) == .changed)
      #expect(state.live?.incarnation == World.ledger)
    }
  }

  @Test func `while it is proven it takes what is newer of this start, and is read only afterwards`()
    async throws
  {
    try await withStore { store in
      try await store.makeMirror()
      await store.put((0..<300).map { World.account("u\($0)", 1, revision: 5, at: Int64($0 + 1)) })
      store.identify(as: Self.later)
      store.trust(from: 1, since: store.connection)
      let before = try await store.state()
      #expect(await store.beginProof(seeing: before) == .done)
      #expect(await Self.reason(store) == .unproven)
      await store.put([World.account("u7", 9, revision: 6, at: 77)])

      let keys = try #require(before.epochs.live)
      var found: [UserID: AccountStamp?] = [:]
      var cursor: [UInt8]?
      repeat {
        let page = try await store.states(from: cursor, count: 16, in: keys)
        for (user, stamp) in zip(page.users, page.stamps) { found[user] = stamp }
        cursor = page.next
      } while cursor != nil
      #expect(found.count == 300)
      #expect(
        found[UserID(stored: "u7")] == AccountStamp(revision: 6, updatedAt: Instant(microseconds: 77)))
      #expect(
        found[UserID(stored: "u8")] == AccountStamp(revision: 5, updatedAt: Instant(microseconds: 9)))

      let state = try await store.state()
      #expect(state.isUnproven(for: Self.later))
      #expect(await store.endProof(seeing: state) == .done)
      #expect(await store.balance(World.key("u7")).value??.balance == 9)
    }
  }

  @Test func `what is sent by who knows the old start only is refused from the beginning of the proof`()
    async throws
  {
    try await withStore { store in
      try await store.makeMirror()
      await store.put([World.account("u", 1)])
      let before = try await store.state()
      store.identify(as: Self.later)
      #expect(await store.beginProof(seeing: before) == .done)
      store.identify(as: World.ledger)
      let outcomes = await store.send([World.account("u", 7, revision: 9)])
      #expect(outcomes == [World.gold: .unavailable(.unproven)])
      #expect(await store.endProof(seeing: try await store.state()) == .changed)
      store.identify(as: Self.later)
      #expect(await store.endProof(seeing: try await store.state()) == .done)
      store.trust(from: 1, since: store.connection)
      #expect(await store.balance(World.key("u")).value??.balance == 1)
    }
  }

  @Test func `a state may become a newer one, or stay, and nothing else`() {
    let stamp = { AccountStamp(revision: $0, updatedAt: Instant(microseconds: $1)) }
    #expect(stamp(5, 50).mayBecome(stamp(5, 50)))
    #expect(stamp(5, 50).mayBecome(stamp(6, 40)))
    #expect(!stamp(5, 50).mayBecome(stamp(5, 51)))
    #expect(!stamp(5, 50).mayBecome(stamp(4, 60)))
  }
}
