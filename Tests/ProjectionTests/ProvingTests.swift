// A mirror that was complete when Postgres was started anew: kept where the ledger has all of it, else built
// anew, and never read in between with what the ledger has not.
import BoardStore
import Ledger
import LedgerStore
import Projection
import TestSupport
import Testing

@Suite(.serialized)
struct ProvingTests {
  /// What Redis may hold of a ledger that was lost.
  enum Lost: CaseIterable {
    case laterRevision, otherStateOfSameRevision, unknownAccount

    /// As it would have been sent, of an account as it is.
    func account(_ named: NamedAccount) -> NamedAccount {
      let old = named.account
      let key = AccountKey(user: UserID(stored: "unknown"), pointType: old.key.pointType)
      return NamedAccount(
        Account(
          key: self == .unknownAccount ? key : old.key, balance: 9_999, held: 0, totalEarned: 9_999,
          totalSpent: 0, version: old.version, revision: old.revision + (self == .laterRevision ? 1 : 0),
          lastTransactionAt: old.lastTransactionAt, earnedAt: old.earnedAt,
          updatedAt: Instant(microseconds: old.updatedAt.microseconds + 1)),
        displayName: nil)
    }
  }

  @Test func `a mirror that the ledger has all of is read again as it is`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url) { node in
        let type = try await Self.fill(node)
        let epochs = try await node.boards.markers(of: [type])[0].epochs
        #expect(try await redis.pretendEarlierStart(type))
        #expect(
          try await node.eventually {
            try await node.differences(type) == [] && node.follower.status.proofs == 1
          })
        let after = try await node.boards.markers(of: [type])[0]
        #expect(after.epochs == epochs && after.live?.incarnation == node.boards.incarnation)
        #expect(node.follower.status.rebuildFailure == nil)
        let receipt = try #require(try await node.post(.credit(1), to: "user-1", of: type))
        #expect(receipt.isProjected)
      }
    }
  }

  /// Meanwhile callers are answered from the ledger: whoever saw a balance there must not find an older one.
  @Test func `what is committed until a mirror is proven is in it when it is read again`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url, follows: false) { node in
        let type = try await node.type()
        #expect(try await node.eventually { node.boards.minimumPosition != nil })
        #expect(try await node.rebuilder.rebuild(type))
        for user in 0..<3 { _ = try await node.post(.credit(1), to: "user-\(user)", of: type) }
        #expect(try await redis.pretendEarlierStart(type))
        for user in 0..<3 {
          let receipt = try #require(try await node.post(.credit(5), to: "user-\(user)", of: type))
          #expect(!receipt.isProjected)
        }
        #expect(try await node.rebuilder.prove(type) == .proven)
        #expect(try await node.differences(type) == [])
        let head = try await LedgerFollowing(node.pool).number()
        #expect(try await node.boards.markers(of: [type])[0].live?.position == head)
      }
    }
  }

  @Test(arguments: Lost.allCases)
  func `a mirror with anything that the ledger has not is built anew, and not read before`(
    lost: Lost
  ) async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url) { node in
        let type = try await Self.fill(node)
        let ledger = try await node.ledgerAccounts(type)
        let account = try #require(ledger[UserID(stored: "user-17")])
        let ahead = lost.account(account)
        let rebuilds = node.follower.status.rebuilds
        #expect(try await redis.pretendEarlierStart(type, holding: ahead))
        var shown: Set<Int64> = []
        #expect(
          try await node.eventually {
            if case .value(let balance?, _) = await node.boards.balance(ahead.account.key) {
              shown.insert(balance.balance)
            }
            return node.follower.status.rebuilds > rebuilds
          })
        #expect(!shown.contains(9_999))
        #expect(try await node.eventually { try await node.differences(type) == [] })
        #expect(node.follower.status.proofs == 0)
      }
    }
  }

  /// A mirror of some accounts.
  private static func fill(_ node: Node) async throws -> PointTypeID {
    let type = try await node.type()
    for user in 0..<40 { _ = try await node.post(.credit(Int64(user + 1)), to: "user-\(user)", of: type) }
    guard try await node.eventually({ try await node.differences(type) == [] }) else {
      throw Node.Missing()
    }
    return type
  }
}
