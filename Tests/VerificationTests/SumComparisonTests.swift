// Whole boards held against the ledger's sums and numbers in the background: what samples would find late, or
// what was lost before this process came.
import BoardStore
import Boards
import EventLoop
import Ledger
import TestSupport
import Testing

@testable import Verification

@Suite(.serialized)
struct SumComparisonTests {
  @Test(arguments: AllTimeBoard.allCases)
  func `what a board had lost before anybody looked is found at once, and it is taken out of service`(
    board: AllTimeBoard
  ) async throws {
    try await World.running { world in
      try await world.fill()
      let epoch = try await world.keys.epoch
      await world.command("ZREMRANGEBYRANK", try await world.boardKey(board), "0".bytes, "4".bytes)
      let (verifier, told) = world.verifier()
      try await verifier.runOnce()
      #expect(verifier.status.retired == 1)
      #expect(told.events.contains { if case .loss("points", 5, 30, true) = $0 { true } else { false } })
      try await world.eventually(within: World.healing) {
        guard let state = try await world.boards.markers(of: [world.type]).first else { return false }
        return state.live != nil && state.epochs.live?.epoch != epoch
      }
      #expect(try await world.verifyMirror().drifts.counts == [:])
    }
  }

  @Test func `one member of many that is missing has its board searched, and is put back`() async throws {
    try await World.running { world in
      try await world.fill(users: 120)
      let member = try await world.member(World.user(3), .earned)
      await world.command("ZREM", try await world.keys.earned, member)
      let (verifier, told) = world.verifier(rate: 1)
      try await verifier.runOnce()
      #expect(verifier.status.drifts == [.unlisted: 1] && verifier.status.repaired == 1)
      #expect(told.events.contains { if case .loss("points", 1, 120, false) = $0 { true } else { false } })
      #expect(try await world.verifyMirror().drifts.counts == [:])
    }
  }

  @Test(arguments: [Damage.wrongSum, .lostSum])
  func `a sum that is wrong is put right`(damage: Damage) async throws {
    try await World.running { world in
      try await world.fill()
      try await damage.strike(world)
      let (verifier, _) = world.verifier(rate: 1)
      try await verifier.runOnce()
      #expect(verifier.status.drifts == [.sum: Int(damage.expected[.sum] ?? 0)])
      #expect(try await world.verifyMirror().drifts.counts == [:])
    }
  }

  @Test func `a sum that is wrong because an account is stays right when both are put right`() async throws {
    try await World.running { world in
      try await world.fill()
      await world.command("HDEL", try await world.keys.accounts, World.user(3).bytes)
      let (verifier, _) = world.verifier(rate: 1)
      try await verifier.runOnce()
      #expect(verifier.status.drifts[.missing] == 1)
      #expect(try await world.verifyMirror().drifts.counts == [:])
    }
  }

  @Test func `a mirror that is only behind, as during an import, is not taken for one that lost something`()
    async throws
  {
    try await World.running(follows: false) { world in
      try await world.fill(users: 20)
      for user in 0..<20 { try await world.post(.credit(1), to: "late-\(user)", through: world.mute) }
      let (verifier, told) = world.verifier(rate: 1)
      try await verifier.runOnce()
      #expect(verifier.status.retired == 0 && verifier.status.sums == 0)
      #expect(told.events.allSatisfy { if case .loss = $0 { false } else { true } })
    }
  }

  @Test func `of two processes one compares, and when it is gone the other`() async throws {
    try await World.running { world in
      try await world.fill(users: 3)
      let (one, other) = (world.verifier().0, world.verifier().0)
      for _ in 0..<3 {
        try await one.runOnce()
        try await other.runOnce()
      }
      #expect(one.status.sums == 1 && other.status.sums == 0, "and it does so once in a while only")
      try await world.run(
        "UPDATE leases SET expires_at = now() WHERE name = '\(world.boards.layout.lease("search"))'")
      try await other.runOnce()
      #expect(other.status.sums == 1)
      // Who has lost the lease searches nothing.
      await world.command("ZADD", try await world.keys.balance, "1".bytes, World.member("ghost", 4))
      try await one.runOnce()
      #expect(one.status.sums == 1)
    }
  }

  private static let types = (1...3).map { number in
    PointType(
      id: PointTypeID(UUIDBits(high: 0, low: UInt64(number))), name: "type-\(number)", displayName: "",
      description: nil, isEnabled: true, minAmount: nil, maxAmount: nil,
      createdAt: Instant(microseconds: 0), updatedAt: Instant(microseconds: 0))
  }

  @Test func `sums in doubt are compared sooner, also by who does not search`() {
    func at(_ seconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: seconds * 1_000_000_000) }
    let types = Self.types
    var turns = SumTurns()
    for type in types { turns.note(type.id, from: at(10), to: at(11)) }
    #expect(turns.due(among: types, at: at(200)) == nil)
    turns.doubt(types[1].id)
    #expect(turns.due(among: types, at: at(30)) == nil, "it took a second, and rests 20 even so")
    #expect(turns.due(among: types, at: at(31))?.id == types[1].id)
    #expect(turns.due(among: types, at: at(300), onlyInDoubt: true)?.id == types[1].id)
    turns.settle(types[1].id)
    #expect(turns.due(among: types, at: at(31)) == nil)
    #expect(turns.due(among: types, at: at(300), onlyInDoubt: true) == nil)
  }

  @Test func `each type has its turn, and then a pause that is long beside what it cost`() {
    let types = Self.types
    func at(_ seconds: Int64) -> MonotonicInstant { MonotonicInstant(nanoseconds: seconds * 1_000_000_000) }
    var turns = SumTurns()
    for (second, type) in types.enumerated() {
      #expect(turns.due(among: types, at: at(10))?.id == type.id)
      turns.note(type.id, from: at(10), to: at(10 + Int64(second)))
    }
    #expect(turns.due(among: types, at: at(69)) == nil)
    #expect(turns.due(among: types, at: at(70))?.id == types[0].id)
    turns.note(types[0].id, from: at(70), to: at(70))
    #expect(turns.due(among: types, at: at(129)) == nil, "the second took a second, and rests 200")
    #expect(turns.due(among: types, at: at(211))?.id == types[0].id)
  }
}
