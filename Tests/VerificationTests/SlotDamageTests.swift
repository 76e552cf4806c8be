// Damage to places on defined boards: found as what it is, and repaired.
import BoardStore
import Boards
import Ledger
import Projection
import TestSupport
import Testing
import Verification

@Suite(.serialized)
struct SlotDamageTests {
  @Test func `a whole mirror with defined boards has no drift`() async throws {
    try await World.running { world in
      try await world.fillBoards()
      let found = try await world.verifyMirror()
      #expect(found.drifts.counts == [:] && found.accounts == 20, "\(found.drifts.shown)")
      #expect(found.members == 80)
    }
  }

  @Test(arguments: SlotDamage.allCases)
  func `damage is found as what it is, and repaired`(damage: SlotDamage) async throws {
    try await World.running { world in
      try await world.fillBoards()
      try await damage.strike(world)
      let found = try await world.verifyMirror()
      #expect(found.drifts.counts == damage.expected, "\(found.drifts.shown)")
      let repaired = try await world.verifyMirror(repairs: true)
      #expect(repaired.isWhole && repaired.repaired > 0, "\(repaired)")
      let after = try await world.verifyMirror()
      #expect(after.drifts.counts == [:], "\(after.drifts.shown)")
      try await world.expectBoards()
    }
  }

  @Test func `places of a period that was closed are no drift, though rows still have them`() async throws {
    try await World.running { world in
      try await world.fillBoards()
      // Known to those who verify, before the mirror is told.
      world.show(denseFrom: World.dense.period + 1)
      #expect(try await world.verifyMirror().drifts.counts == [:])
      world.show()
      try await world.boards.retire(world.type, World.dense)
      #expect(try await world.verifyMirror().drifts.counts == [:])
      // Nor once everybody knows of it, and what is expected has them no more.
      world.show(denseFrom: World.dense.period + 1)
      #expect(try await world.verifyMirror().drifts.counts == [:])
      try await world.boards.retire(world.type, SlotKey(board: World.plain.board, period: .max))
      let found = try await world.verifyMirror()
      #expect(found.drifts.counts == [:] && found.members == 40, "\(found.drifts.shown)")
    }
  }

  @Test func `a mirror that is built anew has every place but those of closed periods`() async throws {
    try await World.running { world in
      try await world.fillBoards()
      world.show(denseFrom: World.dense.period + 1)
      let holder = UUIDBits(high: 5, low: 5)
      let rebuilder = Rebuilder(loop: world.loop, pool: world.pool, boards: world.boards, holder: holder)
      #expect(try await rebuilder.rebuild(world.type))
      let found = try await world.verifyMirror()
      #expect(found.drifts.counts == [:] && found.members == 60, "\(found.drifts.shown)")
      // Also for a process that has not heard of the close.
      world.show()
      let closed = await world.boards.members(of: world.type, .slot(World.dense, BoardOrder(style: .dense)))
      guard case .unavailable(.retired) = closed else {
        Issue.record("\(closed)")
        return
      }
    }
  }
}

enum SlotDamage: String, CaseIterable, Sendable {
  case wrongScore, wrongTime, lostMember, ghostMember, lostScore, ghostScore, lostAccount, otherPlace
  case emptied

  var expected: [Drift.Kind: Int64] {
    switch self {
    case .wrongScore: [.misscored: 1]
    case .wrongTime: [.unlisted: 1, .strayMember: 1]
    // Nobody else has its score.
    case .lostMember: [.unlisted: 1, .ghostScore: 1]
    // Its score is not among those that ranks are counted in.
    case .lostScore: [.unlisted: 1]
    case .ghostMember: [.ghostMember: 1]
    case .ghostScore: [.ghostScore: 1]
    case .lostAccount: [.missing: 1, .ghostMember: 4, .sum: 2]
    case .otherPlace: [.differing: 1, .misscored: 1]
    case .emptied: [.unlisted: 20, .ghostScore: 1]
    }
  }

  func strike(_ world: World) async throws {
    let keys = try await world.keys
    let named = try await world.ledgerAccount(World.user(3))
    let (plain, dense) = (keys.members(of: World.plain), keys.members(of: World.dense))
    let scores = keys.scores(of: World.dense)
    let member = World.member(World.user(3), 1_000_003)
    let lowest = ScoreEncoding.text(of: -1_000_000)
    var value: [UInt8] = []
    value.append(bigEndian: named.account.slots[World.dense]?.score ?? 0)
    switch self {
    case .wrongScore: await world.command("ZADD", plain, ScoreEncoding.text(of: 7), member)
    case .wrongTime:
      await world.command("ZREM", plain, member)
      await world.command("ZADD", plain, lowest, World.member(World.user(3), 77))
    case .lostMember: await world.command("ZREM", dense, member)
    case .ghostMember: await world.command("ZADD", dense, lowest, World.member("nobody", 5))
    case .lostScore: await world.command("ZREM", scores, value)
    case .ghostScore: await world.command("ZADD", scores, lowest, Array("nobody's".utf8))
    case .lostAccount: await world.command("HDEL", keys.accounts, World.user(3).bytes)
    case .otherPlace:
      var other = named
      other.account.slots[World.plain]?.score += 1
      let packed = PackedAccount.bytes(of: other, on: world.boards.boards(of: world.type))
      await world.command("HSET", keys.accounts, World.user(3).bytes, packed)
    case .emptied: await world.command("DEL", dense)
    }
  }
}

extension World {
  static let plain = SlotKey(board: 1, period: 5)
  static let dense = SlotKey(board: 2, period: 5)
  private static let order = BoardOrder(style: .dense, isAscending: true)

  func show(denseFrom first: Int32 = .min) {
    boards.show(
      [
        type: [
          LiveBoard(number: 1, order: BoardOrder()),
          LiveBoard(number: 2, order: Self.order, firstPeriod: first),
        ]
      ], upTo: 2)
  }

  /// 20 users with a place on either board, each with a score of his own.
  func fillBoards() async throws {
    show()
    try await fill(users: 20)
    try await damageLedger(
      """
      UPDATE accounts SET revision = revision + 1,
        slot_keys = ARRAY[(1::bigint << 32) + 5, (2::bigint << 32) + 5],
        slot_values = ARRAY[
          split_part(user_id, '-', 2)::bigint, 1000000 + split_part(user_id, '-', 2)::bigint, 2,
          split_part(user_id, '-', 2)::bigint, 1000000 + split_part(user_id, '-', 2)::bigint, 1];
      """)
    var accounts: [NamedAccount] = []
    for user in 0..<20 { accounts.append(try await ledgerAccount(Self.user(user))) }
    let outcomes = await boards.send(accounts)
    #expect(outcomes == [type: .applied])
    try await expectBoards()
  }

  /// Ranks on the dense board are as they must be.
  fileprivate func expectBoards() async throws {
    let answer = await boards.page(
      of: type, .slot(Self.dense, Self.order), offset: 15, limit: 5, withStatistics: true)
    guard case .value(let page, _) = answer else { throw Unfit() }
    #expect(page.rows.map(\.rank) == [16, 17, 18, 19, 20] && page.members == 20)
    #expect(page.statistics?.sum == 190)
  }
}
