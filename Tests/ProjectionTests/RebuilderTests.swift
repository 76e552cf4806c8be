// Builders that are stopped in the middle, and what their successors have begun meanwhile.
import BoardStore
import Dispatch
import EventLoop
import Ledger
import Projection
import TestSupport
import Testing

@Suite(.serialized)
struct RebuilderTests {
  @Test func `a builder that stalled does not finish its successor's half-filled epoch`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url, follows: false) { stalled in
        let type = try await stalled.type()
        for user in 0..<20 { _ = try await stalled.post(.credit(1), to: "user-\(user)", of: type) }
        #expect(try await stalled.eventually { stalled.boards.incarnation != nil })
        try await Node.running(on: database, redis.url, follows: false) { successor in
          #expect(try await successor.eventually { successor.boards.minimumPosition != nil })
          await #expect(throws: FollowError.self) {
            try await stalled.run {
              // The page is sent, and then this builder's thread stands still while another one begins anew.
              let isRebuilt = try await stalled.rebuilder.rebuild(type) { done, _ in
                if done == 20 { Self.takeOver(successor, type) }
              }
              #expect(!isRebuilt)
            }
          }
          let state = try await successor.run { try await successor.boards.markers(of: [type])[0] }
          #expect(state.live == nil && state.building != nil)
          #expect(state.epochs.isBeing(builtBy: Self.successor))
        }
      }
    }
  }

  private static let successor = UUIDBits(high: 4, low: 2)

  /// Does what a rebuilder does when it finds an epoch half built, up to the filling.
  private static func takeOver(_ node: Node, _ type: PointTypeID) {
    let isDone = DispatchSemaphore(value: 0)
    Task.detached {
      do {
        try await node.run {
          let half = try await node.boards.markers(of: [type])[0]
          let position = try #require(half.building?.position)
          #expect(try await node.boards.dropEpoch(seeing: half) == .done)
          let none = try await node.boards.markers(of: [type])[0]
          #expect(try await node.boards.beginEpoch(seeing: none, at: position, by: successor) == .done)
        }
      } catch {
        Issue.record("\(error)")
      }
      isDone.signal()
    }
    isDone.wait()
  }
}
