// What repairs leave behind: neither a mirror that seems to have lost something, nor a sum that is wrong.
import BoardStore
import Boards
import Ledger
import RedisClient
import TestSupport
import Testing

@testable import Verification

@Suite(.serialized)
struct HealedMirrorTests {
  @Test func `ghosts that somebody removed are no loss, to whoever had seen them`() async throws {
    try await World.running { world in
      try await world.fill()
      let (searcher, other) = (world.verifier(), world.verifier())
      try await searcher.0.runOnce()
      let epoch = try await world.keys.epoch
      try await world.haunt(5)
      try await other.0.runOnce()
      #expect(try await world.verifyMirror(repairs: true).drifts.counts[.ghostAccount] == 5)
      for _ in 0..<3 {
        try await searcher.0.runOnce()
        try await other.0.runOnce()
      }
      #expect(searcher.0.status.retired == 0 && other.0.status.retired == 0)
      #expect(searcher.1.events.isEmpty && other.1.events.isEmpty)
      #expect(try await world.keys.epoch == epoch)
    }
  }

  @Test func `after a search there is nothing that was lost`() async throws {
    try await World.running { world in
      try await world.fill(users: 120)
      try await world.haunt(1)
      let (verifier, told) = world.verifier(comparesSums: false, pause: .zero)
      try await verifier.runOnce()
      #expect(try await world.verifyMirror(repairs: true).drifts.counts[.ghostAccount] == 1)
      for _ in 0..<4 { try await verifier.runOnce() }
      #expect(told.events.count { if case .loss = $0 { true } else { false } } == 1)
      #expect(verifier.status.rebuilds == 0)
    }
  }

  @Test(arguments: [[0x61, 0xFF], Array("nobody".utf8)], [[], [1, 2, 3]])
  func `what lies under no user id, or is nothing, is found and removed`(
    field: [UInt8], content: [UInt8]
  ) async throws {
    try await World.running { world in
      try await world.fill(users: 120)
      await world.command("HSET", try await world.keys.accounts, field, content)
      let (verifier, _) = world.verifier(comparesSums: false)
      try await verifier.runOnce()
      #expect(verifier.status.drifts == [.ghostAccount: 1] && verifier.status.repaired == 1)
      #expect(verifier.status.rebuilds == 0)
      let exists = await world.command("HEXISTS", try await world.keys.accounts, field)
      #expect(exists == .value(.integer(0)))
    }
  }

  @Test func `what no search puts right has the mirror built anew, once`() async throws {
    try await World.running { world in
      try await world.fill(users: 120)
      // Nobody writes an account without a transaction; one would be in the hash and on no board.
      try await world.damageLedger(
        """
        INSERT INTO users (id) VALUES ('empty');
        INSERT INTO accounts (user_id, point_type_id, balance, held, total_earned, total_spent, version,
          revision, updated_at, user_enabled)
        SELECT 'empty', point_type_id, 0, 0, 0, 0, 0, 1, now(), true FROM accounts WHERE user_id = 'user-1'
        """)
      _ = await world.boards.send([try await world.ledgerAccount("empty")])
      let (verifier, told) = world.verifier(comparesSums: false, pause: .zero)
      for _ in 0..<4 { try await verifier.runOnce() }
      #expect(verifier.status.rebuilds == 1)
      #expect(told.events.count { if case .loss = $0 { true } else { false } } == 1)
    }
  }

  @Test(arguments: [true, false])
  func `the sum is right after an account was put right that somebody had overwritten`(
    isSearcher: Bool
  ) async throws {
    try await World.running { world in
      try await world.fill(users: 120)
      let other = world.verifier().0
      if !isSearcher { try await other.runOnce() }
      let (verifier, told) = world.verifier()
      try await verifier.runOnce()
      #expect(verifier.status.sums == (isSearcher ? 1 : 0))
      var named = try await world.ledgerAccount(World.user(3))
      named.account.balance = 999
      try await world.plant(named)
      try await world.eventually {
        try await verifier.runOnce()
        return verifier.status.drifts[.sum] != nil
      }
      #expect(verifier.status.drifts[.differing] == 1 && verifier.status.drifts[.sum] == 1)
      let isTold = told.events.contains {
        if case .drift(let drift, _, true) = $0 { drift.kind == .sum } else { false }
      }
      #expect(isTold)
      let left = try await world.verifyMirror()
      #expect(left.drifts.counts == [:], "\(left.drifts.shown)")
    }
  }

  @Test func `the sum is right after the account of one user was put right`() async throws {
    try await World.running { world in
      try await world.fill()
      var named = try await world.ledgerAccount(World.user(3))
      named.account.totalEarned = 999
      try await world.plant(named)
      let verifier = MirrorVerifier(
        loop: world.loop, pool: world.pool, snapshots: world.snapshots, boards: world.boards)
      let found = try await verifier.verify(world.key(World.user(3)), repairs: true)
      #expect(found.isWhole && found.drifts.counts[.differing] == 1)
      #expect(try await world.verifyMirror().drifts.counts == [:])
    }
  }

  @Test func `a repair leaves what came since it was seen`() async throws {
    try await World.running { world in
      try await world.fill(users: 5)
      let mirror = try await LiveMirror.of(world.type, in: world.boards)
      let examiner = MirrorExaminer(loop: world.loop, pool: world.pool, boards: world.boards)
      var named = try await world.ledgerAccount(World.user(3))
      named.account.held = 1
      try await world.plant(named)
      let drifted = try await examiner.examine([Suspect(named.account.key, revision: 1)], in: mirror).drifted
      #expect(drifted.count == 1)
      try await world.post(.credit(1), to: World.user(3))
      _ = try await MirrorRepair(boards: world.boards, examiner: examiner).repair(drifted, in: mirror)
      #expect(try await world.verifyMirror().drifts.counts == [:])
    }
  }
}

extension World {
  /// Writes so many accounts to the mirror that the ledger does not have.
  fileprivate func haunt(_ count: Int) async throws {
    let at = Instant(microseconds: 9)
    let ghosts = (0..<count).map { number in
      NamedAccount(
        Account(
          key: key("ghost-\(number)"), balance: 7, totalEarned: 7, version: 1, revision: 1,
          lastTransactionAt: at, earnedAt: at, updatedAt: at), displayName: nil)
    }
    guard await boards.send(ghosts)[type] == .applied else { throw Unfit() }
  }
}
