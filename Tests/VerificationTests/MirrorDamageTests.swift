// Each kind of damage to a mirror by itself: found as what it is, and repaired.
import BoardStore
import Boards
import Ledger
import TestSupport
import Testing
import Verification

@Suite(.serialized)
struct MirrorDamageTests {
  @Test func `a whole mirror has no drift`() async throws {
    try await World.running { world in
      try await world.fill()
      let found = try await world.verifyMirror()
      #expect(found.drifts.counts == [:] && found.accounts == 30 && found.members == 60)
      #expect(!found.isWithoutSums)
    }
  }

  @Test(arguments: Damage.allCases)
  func `damage is found as what it is, and repaired`(damage: Damage) async throws {
    try await World.running { world in
      try await world.fill()
      try await damage.strike(world)
      let found = try await world.verifyMirror()
      #expect(found.drifts.counts == damage.expected, "\(found.drifts.shown)")
      #expect(found.repaired == 0 && !found.isWhole)
      let repaired = try await world.verifyMirror(repairs: true)
      #expect(repaired.isWhole && repaired.repaired > 0, "\(repaired)")
      let after = try await world.verifyMirror()
      #expect(after.drifts.counts == [:], "\(after.drifts.shown)")
    }
  }

  @Test func `of one user only his account is checked and repaired`() async throws {
    try await World.running { world in
      try await world.fill()
      try await Damage.wrongScore.strike(world)
      let verifier = MirrorVerifier(
        loop: world.loop, pool: world.pool, snapshots: world.snapshots, boards: world.boards)
      let other = try await verifier.verify(world.key(World.user(4)), repairs: true)
      #expect(other.isWhole && other.accounts == 1)
      let struck = try await verifier.verify(world.key(World.user(3)), repairs: true)
      #expect(struck.drifts.counts == [.misscored: 1] && struck.isWhole)
      #expect(try await world.verifyMirror().drifts.counts == [:])
    }
  }

  @Test func `without a mirror nothing is said about it`() async throws {
    try await World.running(follows: false) { world in
      await world.command("HDEL", try await world.keys.accounts, [])
      await #expect(throws: VerificationError.mirror(.noMirror)) { try await world.verifyMirror() }
    }
  }
}

enum Damage: String, CaseIterable, Sendable {
  case wrongScore, wrongTime, lostMember, ghostMember, secondMember, lostAccount, ghostAccount, older, newer
  case otherState, otherName, noAccount, wrongSum, lostSum

  var expected: [Drift.Kind: Int64] {
    switch self {
    case .wrongScore: [.misscored: 1]
    case .wrongTime: [.unlisted: 1, .strayMember: 1]
    case .lostMember: [.unlisted: 1]
    case .ghostMember: [.ghostMember: 1]
    case .secondMember: [.strayMember: 1]
    // Its members are left behind.
    case .lostAccount: [.missing: 1, .ghostMember: 2, .sum: 2]
    case .ghostAccount: [.ghostAccount: 1, .unlisted: 1]
    case .older: [.outdated: 1]
    case .newer: [.ahead: 1]
    case .otherState, .otherName: [.differing: 1]
    case .noAccount: [.differing: 1, .strayMember: 2, .sum: 2]
    case .wrongSum: [.sum: 1]
    case .lostSum: [.sum: 2]
    }
  }

  func strike(_ world: World) async throws {
    let user = World.user(3)
    let keys = try await world.keys
    var named = try await world.ledgerAccount(user)
    let member = try await world.member(user, .balance)
    let score = ScoreEncoding.text(of: named.account.balance)
    switch self {
    case .wrongScore: await world.command("ZADD", keys.balance, ScoreEncoding.text(of: 7), member)
    case .wrongTime:
      await world.command("ZREM", keys.balance, member)
      await world.command("ZADD", keys.balance, score, World.member(user, 77))
    case .lostMember: await world.command("ZREM", keys.earned, try await world.member(user, .earned))
    case .ghostMember: await world.command("ZADD", keys.balance, score, World.member("nobody", 5))
    case .secondMember: await world.command("ZADD", keys.earned, score, World.member(user, 5))
    case .lostAccount: await world.command("HDEL", keys.accounts, user.bytes)
    case .ghostAccount:
      let account = Account(
        key: world.key("nobody"), version: 1, revision: 1, lastTransactionAt: Instant(microseconds: 9),
        updatedAt: Instant(microseconds: 9))
      try await world.plant(NamedAccount(account, displayName: nil))
    case .older:
      named.account.revision -= 1
      try await world.plant(named)
    case .newer:
      named.account.revision += 1
      try await world.plant(named)
    case .otherState:
      named.account.held = 1
      try await world.plant(named)
    case .otherName:
      named.displayName = "Zoe"
      try await world.plant(named)
    case .noAccount: await world.command("HSET", keys.accounts, user.bytes, "junk".bytes)
    case .wrongSum: await world.command("HINCRBY", keys.sums, "balance:low".bytes, "3".bytes)
    case .lostSum: await world.command("DEL", keys.sums)
    }
  }
}

extension String {
  var bytes: [UInt8] { Array(utf8) }
}
