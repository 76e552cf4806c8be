// The continuous verifier, a second's work at a time: damage is found, repaired and told.
import BoardStore
import Boards
import Ledger
import LedgerStore
import TestSupport
import Testing

@testable import Verification

@Suite(.serialized)
struct SamplingTests {
  @Test(arguments: Damage.allCases.filter { $0 != .wrongSum && $0 != .lostSum })
  func `damage is found and repaired within a pass`(damage: Damage) async throws {
    try await World.running { world in
      // Enough that one account more or less is no loss that takes the mirror out of service.
      try await world.fill(users: 120)
      try await damage.strike(world)
      let (verifier, told) = Self.verifier(world)
      // A walk begins anywhere, so two passes look at everything once.
      for _ in 0..<12 { try await verifier.runOnce() }
      let left = try await world.verifyMirror().drifts.counts.filter { $0.key != .sum }
      #expect(left.isEmpty, "\(left)")
      #expect(verifier.status.repaired > 0 && !verifier.status.drifts.isEmpty)
      #expect(told.events.contains { if case .drift(_, "points", true) = $0 { true } else { false } })
    }
  }

  @Test(arguments: AllTimeBoard.allCases, [true, false])
  func `a board that was emptied or shortened is taken out of service at once, and healed`(
    board: AllTimeBoard, isEmptied: Bool
  ) async throws {
    try await World.running { world in
      try await world.fill()
      let (verifier, told) = Self.verifier(world)
      try await verifier.runOnce()
      let epoch = try await world.keys.epoch
      let key = try await world.boardKey(board)
      if isEmptied {
        await world.command("DEL", key)
      } else {
        await world.command("ZREMRANGEBYRANK", key, "0".bytes, "4".bytes)
      }
      try await verifier.runOnce()
      #expect(verifier.status.retired == 1)
      #expect(told.events.contains { if case .loss("points", _, _, true) = $0 { true } else { false } })
      try await world.eventually(within: World.healing) {
        guard let state = try await world.boards.markers(of: [world.type]).first else { return false }
        return state.live != nil && state.epochs.live?.epoch != epoch
      }
      #expect(try await world.verifyMirror().drifts.counts == [:])
    }
  }

  @Test func `a broken chain alerts at once, and is told once`() async throws {
    try await World.running { world in
      try await world.fill(users: 2)
      try await world.damageLedger("UPDATE accounts SET total_spent = 1 WHERE user_id = 'user-1'")
      let (verifier, told) = Self.verifier(world)
      for _ in 0..<6 { try await verifier.runOnce() }
      #expect(verifier.status.brokenChains == 1 && verifier.status.isAlarming)
      let broken = told.events.filter { if case .brokenChain = $0 { true } else { false } }
      #expect(broken.count == 1)
      try await world.damageLedger("UPDATE accounts SET total_spent = 30 WHERE user_id = 'user-1'")
      for _ in 0..<3 { try await verifier.runOnce() }
      #expect(!verifier.status.isAlarming)
    }
  }

  @Test func `a long chain is walked over many slices, and none of it is left out`() async throws {
    try await World.running { world in
      for version in 0..<40 {
        for user in 0..<3 { try await world.post(.credit(Int64(1 + version)), to: World.user(user)) }
      }
      try await world.untilFollowed()
      let (whole, _) = world.verifier(comparesSums: false, chainPage: 7)
      for _ in 0..<60 where whole.status.chains < 6 { try await whole.runOnce() }
      #expect(whole.status.chains == 6 && whole.status.brokenChains == 0)
      try await world.damageLedger(
        "UPDATE transactions SET total_spent = 1 WHERE user_id = 'user-1' AND version = 39")
      let (verifier, told) = world.verifier(comparesSums: false, chainPage: 7)
      for _ in 0..<250 where !verifier.status.isAlarming { try await verifier.runOnce() }
      #expect(verifier.status.brokenChains == 1)
      let versions = told.events.compactMap { event in
        if case .brokenChain(let fault, _) = event { fault.found } else { nil }
      }
      #expect(versions == ["version 39 does not"])
    }
  }

  @Test func `more than one of a hundred is an alarm`() async throws {
    try await World.running { world in
      try await world.fill(users: 150)
      for user in 0..<10 {
        var named = try await world.ledgerAccount(World.user(user))
        named.account.held = 1
        try await world.plant(named)
      }
      let (verifier, told) = Self.verifier(world)
      for _ in 0..<8 { try await verifier.runOnce() }
      #expect(told.events.contains { if case .alarm("points", _) = $0 { true } else { false } })
      #expect(try await world.verifyMirror().drifts.counts == [:])
      #expect(verifier.status.drifts[.differing] == 10)
    }
  }

  @Test func `drift that goes on though it is repaired has the mirror built anew`() async throws {
    try await World.running { world in
      try await world.fill(users: 120)
      let (verifier, told) = Self.verifier(world, rate: 130)
      let epoch = try await world.keys.epoch
      for _ in 0..<60 where verifier.status.rebuilds == 0 {
        for user in 0..<4 {
          await world.command(
            "ZADD", try await world.keys.balance, "7".bytes,
            try await world.member(World.user(user), .balance))
        }
        try await verifier.runOnce()
      }
      #expect(verifier.status.rebuilds == 1 && verifier.status.windows["points"] == DriftWindow())
      #expect(verifier.status.accounts >= DriftWindow.length / 2)
      #expect(told.events.contains { if case .rebuild("points") = $0 { true } else { false } })
      #expect(try await world.keys.epoch > epoch)
      #expect(try await world.verifyMirror().drifts.counts == [:])
    }
  }

  /// Without comparing sums, so that nothing but samples finds what is wrong.
  private static func verifier(_ world: World, rate: Int = 50) -> (ContinuousVerifier, Told) {
    world.verifier(rate: rate, comparesSums: false)
  }
}
