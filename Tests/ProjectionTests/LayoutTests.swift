// Mirrors of two layouts beside each other, and what is left of one that nobody follows any more.
import BoardStore
import EventLoop
import Ledger
import PostgresClient
import RedisClient
import TestSupport
import Testing

@testable import Projection

@Suite(.serialized)
struct LayoutTests {
  private static let next = MirrorLayout(MirrorLayout.current.number + 1)

  @Test func `followers of two layouts keep a mirror each, of what either of them posts`() async throws {
    let (database, redis) = (try await LedgerDatabase.make(), try RedisUnderTest())
    defer { redis.stop() }
    let url = redis.url
    try await Node.running(on: database, url) { old in
      try await Node.running(on: database, url, layout: Self.next) { new in
        let type = try await new.type()
        let nodes = [old, new]
        for node in nodes {
          let isMirrored = try await new.eventually {
            try await node.run { await node.isMirrored(type) }
          }
          #expect(isMirrored)
        }
        for number in 0..<40 {
          _ = try await nodes[number % 2].post(.credit(5), to: "u\(number % 7)", of: type)
        }
        for node in nodes {
          let isEqual = try await new.eventually {
            try await node.run { try await node.differences(type).isEmpty }
          }
          #expect(isEqual)
          #expect(try await node.run { node.follower.status.holdsLease })
        }
      }
    }
  }

  @Test func `a layout is removed when nobody has followed it for ten minutes, and not before`() async throws
  {
    let (database, redis) = (try await LedgerDatabase.make(), try RedisUnderTest())
    defer { redis.stop() }
    let url = redis.url
    try await Node.running(on: database, url, layout: Self.next, follows: false) { node in
      let type = try await node.type()
      #expect(try await node.eventually { node.boards.incarnation != nil })
      let (own, other) = ("{\(Self.hexadecimal(type.bits))}", "{\(String(repeating: "0", count: 32))}")
      let (old, new) = (MirrorLayout.current.number, Self.next.number)
      let left = [
        "points:\(old):\(own):epochs", "points:\(old):\(own):7:accounts", "points:\(old):\(own):more",
      ]
      let kept = [
        "points:\(old):\(other):epochs", "points:\(new):\(own):epochs", "points:\(new)0:\(own):epochs",
        "points:\(new + 1):\(own):epochs",
        "points:\(old)", "another service's",
      ]
      for key in left + kept { _ = await node.redis.send(RedisCommand("SET", key: key.bytes, ["1".bytes])) }
      let lease = { (name: String, age: Int) in
        "('\(name)', gen_random_uuid(), 1, now() - interval '\(age) s')"
      }
      try await database.run(
        "leases",
        """
        INSERT INTO leases VALUES \(lease("follower:\(old)", 590)), \(lease("follower:\(new)", 9000)),
          \(lease("follower:\(new)0", -2)), \(lease("follower:x", 9000)), \(lease("rebuild:\(new + 1)", 9000))
        """)
      let layouts = AbandonedLayouts(
        pool: node.pool, boards: node.boards, holder: UUIDBits(high: 5, low: 5))
      let keys = { () async -> Set<String> in
        guard case .value(.array(let found)) = await node.redis.send(RedisCommand("KEYS", ["*".bytes])) else {
          return []
        }
        return Set(found.compactMap(\.bytes).map { String(decoding: $0, as: UTF8.self) })
      }
      #expect(try await layouts.remove([type]) == [])
      #expect(await keys() == Set(left + kept))
      try await database.run(
        "age", "UPDATE leases SET expires_at = now() - interval '601 s' WHERE name = 'follower:\(old)'")
      #expect(try await layouts.remove([type]) == [.current])
      #expect(await keys() == Set(kept))
      // Nothing is left to do, and nothing keeps a process of that layout from following again.
      #expect(try await layouts.remove([type]) == [])
      try await Node.running(on: database, url) { old in
        let isMirrored = try await old.eventually { await old.isMirrored(type) }
        #expect(isMirrored)
      }
    }
  }

  private static func hexadecimal(_ bits: UUIDBits) -> String {
    [bits.high, bits.low].map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
