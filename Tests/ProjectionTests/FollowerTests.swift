// What the follower does when there is nothing to mend, and when there is.
import Ledger
import LedgerStore
import PostgresClient
import Projection
import TestSupport
import Testing

@Suite(.serialized)
struct FollowerTests {
  @Test func `what has arrived is not sent again, and what was never sent is sent once`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url) { node in
        let type = try await node.type()
        #expect(try await node.eventually { await node.isMirrored(type) })
        for user in 0..<20 {
          let receipt = try #require(try await node.post(.credit(1), to: "user-\(user)", of: type))
          #expect(receipt.isProjected)
        }
        try await Self.untilFollowed(node)
        #expect(node.follower.status.accountsSent == 0)

        let mute = LedgerLanes(LaneOptions(), pool: node.pool, catalog: node.catalog, on: node.loop) { _ in []
        }
        for user in ["user-3", "new", "user-3"] {
          let key = AccountKey(user: UserID(stored: user), pointType: type)
          let leg = Leg(account: key, change: .credit(5), kind: .award, details: TransactionDetails())
          _ = try await mute.post(
            Posting(
              id: PostingID(UUIDBits.random()), legs: [leg], request: nil,
              service: ServiceID(UUIDBits(high: 7, low: 7)), isByAdmin: false))
        }
        try await Self.untilFollowed(node)
        #expect(try await node.differences(type) == [])
        #expect((2...3).contains(node.follower.status.accountsSent))
      }
    }
  }

  /// Waits until the follower has seen all that is in the ledger now behind it.
  private static func untilFollowed(_ node: Node) async throws {
    let head = try await LedgerFollowing(node.pool).number().number
    #expect(
      try await node.eventually {
        node.follower.status.head >= head && node.follower.status.lag == 0
      })
  }
}

extension UUIDBits {
  fileprivate static func random() -> UUIDBits {
    UUIDBits(high: .random(in: 0 ... .max), low: .random(in: 0 ... .max))
  }
}
