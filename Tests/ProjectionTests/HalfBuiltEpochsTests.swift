// What is left of a mirror whose builder died.
import EventLoop
import Ledger
import TestSupport
import Testing

@testable import BoardStore
@testable import Projection

@Suite(.serialized)
struct HalfBuiltEpochsTests {
  @Test func `what a dead builder left is dropped, and the live mirror goes on`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url) { node in
        let type = try await node.type()
        for user in 0..<20 { _ = try await node.post(.credit(1), to: "user-\(user)", of: type) }
        let isMirrored = try await node.eventually { await node.isMirrored(type) }
        #expect(isMirrored)
        try await node.run {
          let before = try await Self.state(of: type, on: node)
          let position = try #require(before.live?.position)
          let dead = UUIDBits(high: 4, low: 2)
          #expect(try await node.boards.beginEpoch(seeing: before, at: position, by: dead) == .done)
          let builder = Rebuilder(
            loop: node.loop, pool: node.pool, boards: node.boards, holder: UUIDBits(high: 9, low: 9))
          var isDropped: Bool?
          // The follower gives the lease back only after its mirror can be read.
          let isTold = try await node.eventually {
            isDropped = try await builder.leased { () throws(FollowError) in
              try await node.rebuilder.dropHalfBuilt(type)
            }
            return isDropped != nil
          }
          #expect(isTold)
          #expect(isDropped == false, "somebody is at it")
          #expect(try await Self.state(of: type, on: node).epochs.building != nil)
          #expect(try await node.rebuilder.dropHalfBuilt(type))
          let after = try await Self.state(of: type, on: node)
          #expect(after.epochs.building == nil && after.epochs.live == before.epochs.live)
          #expect(try await !node.rebuilder.dropHalfBuilt(type), "nothing is left")
        }
        _ = try await node.post(.credit(1), to: "user-1", of: type)
        #expect(try await node.eventually { await node.isMirrored(type) })
      }
    }
  }

  @Test func `it has lain there for a minute before anybody looks whose it is`() throws {
    let type = PointTypeID(UUIDBits(high: 1, low: 2))
    let (alone, first, second) = (Self.state(type, nil), Self.state(type, 2), Self.state(type, 3))
    var epochs = HalfBuiltEpochs()
    let at = { (seconds: Int64) in MonotonicInstant(nanoseconds: 7) + .seconds(seconds) }
    #expect(epochs.due(of: [first], at: at(0)).isEmpty && epochs.due(of: [first], at: at(59)).isEmpty)
    #expect(epochs.due(of: [first], at: at(60)) == [type])
    // Whoever is at it is left alone for as long again.
    #expect(epochs.due(of: [first], at: at(61)).isEmpty && epochs.due(of: [first], at: at(119)).isEmpty)
    #expect(epochs.due(of: [second], at: at(130)).isEmpty, "a later one has its own time")
    #expect(epochs.due(of: [alone], at: at(150)).isEmpty && epochs.due(of: [second], at: at(191)).isEmpty)
    #expect(epochs.due(of: [second], at: at(251)) == [type])
  }

  private static func state(of type: PointTypeID, on node: Node) async throws -> MirrorState {
    try await node.boards.markers(of: [type])[0]
  }

  private static func state(_ type: PointTypeID, _ building: Int64?) -> MirrorState {
    let epochs = MirrorEpochs(
      live: MirrorKeys(type, epoch: 1), building: building.map { MirrorKeys(type, epoch: $0) })
    return MirrorState(pointType: type, epochs: epochs, live: nil, building: nil, isTorn: false)
  }
}
