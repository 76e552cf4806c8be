// A mirror that is late, because its follower is slow or gone, is behind: that is neither drift nor loss.
import BoardStore
import EventLoop
import Ledger
import LedgerStore
import TestSupport
import Testing

@testable import Verification

@Suite(.serialized)
struct LateMirrorTests {
  @Test func `accounts that the follower has not reached are behind, and no drift`() async throws {
    try await World.running(follows: false) { world in
      try await world.fill(users: 20)
      for user in 0..<20 { try await world.post(.credit(1), to: "late-\(user)", through: world.mute) }
      try await world.post(.credit(1), to: World.user(3), through: world.mute)
      for repairs in [false, true] {
        let found = try await world.verifyMirror(repairs: repairs)
        #expect(found.drifts.counts == [:] && found.drifted == 0 && found.repaired == 0)
        #expect(found.behind == 21)
      }
    }
  }

  @Test func `in the background a late mirror is no alarm, nor built anew`() async throws {
    try await World.running(follows: false) { world in
      try await world.fill(users: 20)
      for user in 0..<100 { try await world.post(.credit(1), to: "late-\(user)", through: world.mute) }
      let (verifier, told) = world.verifier(comparesSums: false)
      for _ in 0..<8 { try await verifier.runOnce() }
      #expect(told.events.isEmpty && verifier.status.drifts == [:] && verifier.status.repaired == 0)
      #expect(verifier.status.accounts >= 200)
    }
  }

  @Test func `what differs otherwise is drift of a late mirror as well`() async throws {
    try await World.running(follows: false) { world in
      try await world.fill(users: 5)
      try await world.post(.credit(1), to: "late", through: world.mute)
      try await Damage.newer.strike(world)
      let found = try await world.verifyMirror()
      #expect(found.drifts.counts == [.ahead: 1] && found.behind == 1)
    }
  }

  @Test func `a mirror that moved since it was waited for in vain is waited for again`() async throws {
    try await World.running(follows: false) { world in
      try await world.fill(users: 2)
      try await world.post(.credit(1), to: "late", through: world.mute)
      // Longer than a look takes that waits for nothing.
      let grace = Duration.seconds(4)
      let examiner = MirrorExaminer(loop: world.loop, pool: world.pool, boards: world.boards, grace: grace)
      let mirror = try await LiveMirror.of(world.type, in: world.boards)
      let suspects = [Suspect(world.key("late"), revision: 1)]
      func look() async throws -> (Duration, Int64) {
        let begin = world.loop.clock.now
        let behind = try await examiner.examine(suspects, in: mirror).behind
        return (.nanoseconds(world.loop.clock.now.nanoseconds(since: begin)), behind)
      }
      let first = try await look()
      #expect(first.0 >= grace && first.1 == 1)
      let second = try await look()
      #expect(second.0 < grace && second.1 == 1)
      try await world.moveMirror()
      try await world.post(.credit(1), to: "later", through: world.mute)
      let third = try await look()
      #expect(third.0 >= grace && third.1 == 1)
    }
  }
}

extension World {
  /// Has the mirror be one position further, as if it had been followed so far.
  fileprivate func moveMirror() async throws {
    let state = try await boards.markers(of: [type])[0]
    guard var position = state.live?.position else { throw Unfit() }
    position = LedgerPosition(position.number + 1, batch: position.batch)
    let moved = await boards.movePositions([PositionMove(state, .live, to: position)], on: boards.connection)
    guard moved == [.done] else { throw Unfit() }
  }
}
