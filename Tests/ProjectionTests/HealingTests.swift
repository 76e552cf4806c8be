// One fault at a time, and what is read during and after it.
import BoardStore
import Boards
import EventLoop
import Ledger
import LedgerStore
import Projection
import TestSupport
import Testing

@Suite(.serialized)
struct HealingTests {
  @Test func `a posting is on the boards of every process when it is answered`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url) { writer in
        let type = try await writer.type()
        #expect(try await writer.eventually { await writer.isMirrored(type) })
        try await Node.running(on: database, redis.url) { reader in
          #expect(try await reader.eventually { await reader.isMirrored(type) })
          for amount in 1...20 as ClosedRange<Int64> {
            let receipt = try #require(try await writer.post(.credit(amount), to: "anna", of: type))
            #expect(receipt.isProjected)
            let answer = await reader.boards.balance(
              AccountKey(user: UserID(stored: "anna"), pointType: type))
            guard case .value(let account?, _) = answer else { throw Node.Missing() }
            #expect(account.version == receipt.transactions[0].version)
          }
          #expect(try await reader.differences(type) == [])
        }
      }
    }
  }

  @Test func `a send that was lost is made up for by the follower`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url, patience: Node.shortPatience) { node in
        let type = try await node.type()
        #expect(try await node.eventually { await node.isMirrored(type) })
        try await redis.stall(8000)
        let receipt = try #require(try await node.post(.credit(5), to: "bert", of: type))
        #expect(!receipt.isProjected)
        #expect(try await node.eventually { try await node.differences(type) == [] })
      }
    }
  }

  @Test func `a mirror that Redis tore is read by nobody, and built anew`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url) { node in
        let type = try await node.type()
        for user in 0..<20 { _ = try await node.post(.credit(Int64(user + 1)), to: "user-\(user)", of: type) }
        #expect(try await node.eventually { try await node.differences(type) == [] })
        let state = try await node.boards.markers(of: [type])[0]
        #expect(!state.isTorn)
        try await redis.tear(try #require(state.epochs.live))
        var wrong: [Int64] = []
        #expect(
          try await node.eventually {
            guard case .value(let page, _) = await node.boards.page(of: type, .balance, offset: 0, limit: 100)
            else { return false }
            if page.members != 20 { wrong.append(page.members) }
            return try await node.boards.markers(of: [type])[0].epochs.live != state.epochs.live
          })
        #expect(wrong == [])
        #expect(try await node.differences(type) == [])
        #expect(try await !node.boards.markers(of: [type])[0].isTorn)
      }
    }
  }

  @Test func `an emptied Redis is unavailable until it is rebuilt, and never a small board`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url) { node in
        let type = try await node.type()
        for user in 0..<50 { _ = try await node.post(.credit(Int64(user + 1)), to: "user-\(user)", of: type) }
        #expect(try await node.eventually { try await node.differences(type) == [] })
        try await redis.flush()
        var seen: Set<Int64> = []
        #expect(
          try await node.eventually {
            switch await node.boards.page(of: type, .balance, offset: 0, limit: 10) {
            case .value(let page, _):
              seen.insert(page.members)
              return true
            case .unavailable: return false
            }
          })
        #expect(seen == [50])
        #expect(try await node.differences(type) == [])
      }
    }
  }

  @Test func `a Redis that comes back with older data is not read before it is followed up`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url) { node in
        let type = try await node.type()
        let key = AccountKey(user: UserID(stored: "carl"), pointType: type)
        _ = try await node.post(.credit(1), to: "carl", of: type)
        #expect(try await node.eventually { try await node.differences(type) == [] })
        let old = try await redis.copy()
        let receipt = try #require(try await node.post(.credit(1), to: "carl", of: type))
        #expect(receipt.isProjected)
        try await redis.rollBack(to: old)
        var versions: Set<Int64> = []
        #expect(
          try await node.eventually {
            guard case .value(let account?, _) = await node.boards.balance(key) else { return false }
            versions.insert(account.version)
            return true
          })
        #expect(versions == [2])
      }
    }
  }

  @Test func `a Redis that is ahead of a restored ledger is rebuilt`() async throws {
    try await withWorld { database, redis in
      let old = try await Node.running(on: database, redis.url) { node in
        let type = try await node.type()
        for amount in 1...30 as ClosedRange<Int64> {
          _ = try await node.post(.credit(amount), to: "dora", of: type)
        }
        #expect(try await node.eventually { try await node.differences(type) == [] })
        return type
      }
      // The same ledger, as it was before anything was posted: what a restored backup is, incarnation
      // included.
      try await database.forgetEverything()
      try await Node.running(on: database, redis.url) { node in
        _ = try await node.post(.credit(3), to: "dora", of: old)
        #expect(try await node.eventually { try await node.differences(old) == [] })
      }
    }
  }

  @Test func `a Redis that is ahead of a restored ledger is never read`() async throws {
    try await withWorld { database, redis in
      let type = try await Node.running(on: database, redis.url) { node in
        let type = try await node.type()
        for _ in 0..<30 { _ = try await node.post(.credit(100), to: "dora", of: type) }
        #expect(try await node.eventually { try await node.differences(type) == [] })
        return type
      }
      try await database.forgetEverything()
      let key = AccountKey(user: UserID(stored: "dora"), pointType: type)
      // Nobody follows, so nobody mends anything: the reader has to notice by itself.
      try await Node.running(on: database, redis.url, follows: false) { node in
        #expect(try await node.eventually { node.boards.incarnation != nil })
        for amount in 1...40 as ClosedRange<Int64> {
          let receipt = try #require(try await node.post(.credit(amount), to: "dora", of: type))
          #expect(receipt.transactions[0].version == amount)
          if case .value(let account, _) = await node.boards.balance(key) { Issue.record("\(account)") }
        }
      }
      try await Node.running(on: database, redis.url) { node in
        var balances: Set<Int64> = []
        let isRead = try await node.eventually {
          guard case .value(let account?, _) = await node.boards.balance(key) else { return false }
          balances.insert(account.balance)
          return true
        }
        #expect(isRead)
        #expect(balances == [820])
      }
    }
  }

  @Test func `a process that runs while its ledger is restored notices`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url) { node in
        let type = try await node.type()
        let key = AccountKey(user: UserID(stored: "dora"), pointType: type)
        for _ in 0..<30 { _ = try await node.post(.credit(100), to: "dora", of: type) }
        #expect(try await node.eventually { try await node.differences(type) == [] })
        try await database.forgetEverything()
        _ = try await node.post(.credit(7), to: "dora", of: type)
        #expect(
          try await node.eventually {
            guard case .value(let account?, _) = await node.boards.balance(key) else { return false }
            return account.balance == 7
          })
        #expect(try await node.eventually { try await node.differences(type) == [] })
      }
    }
  }

  @Test func `a Redis that takes no writes is not read for long`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url) { node in
        let type = try await node.type()
        let key = AccountKey(user: UserID(stored: "gina"), pointType: type)
        _ = try await node.post(.credit(1), to: "gina", of: type)
        #expect(try await node.eventually { try await node.differences(type) == [] })
        try await redis.limitMemory(to: 1)
        let receipt = try #require(try await node.post(.credit(1), to: "gina", of: type))
        #expect(!receipt.isProjected)
        let isUnavailable = try await node.eventually {
          await node.boards.balance(key) == .unavailable(.behind)
        }
        #expect(isUnavailable)
        try await redis.limitMemory(to: 0)
        #expect(try await node.eventually { try await node.differences(type) == [] })
      }
    }
  }

  @Test func `the mirror of another ledger is left alone`() async throws {
    try await withWorld { database, redis in
      let type = try await Node.running(on: database, redis.url) { node in
        let type = try await node.type()
        _ = try await node.post(.credit(1), to: "emil", of: type)
        #expect(try await node.eventually { try await node.differences(type) == [] })
        return type
      }
      let before = try await redis.copy()
      try await database.becomeAnotherLedger()
      try await Node.running(on: database, redis.url) { node in
        let receipt = try #require(try await node.post(.credit(1), to: "emil", of: type))
        #expect(!receipt.isProjected)
        #expect(try await node.eventually { !node.follower.status.foreign.isEmpty })
        let isMirrored = await node.isMirrored(type)
        #expect(!isMirrored)
      }
      let after = try await redis.copy()
      #expect(before.values.count == after.values.count)
    }
  }

  @Test func `when the follower's process dies another one takes over`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url, patience: Node.shortPatience) { second in
        let type = try await second.type()
        try await Node.running(on: database, redis.url) { first in
          let isFollowed = try await first.eventually {
            if first.follower.status.holdsLease { return true }
            return try await second.run { second.follower.status.holdsLease }
          }
          #expect(isFollowed)
        }
        // Whichever had it, the one that is left follows now.
        try await redis.stall(400)
        _ = try await second.post(.credit(1), to: "finn", of: type)
        #expect(try await second.eventually { try await second.differences(type) == [] })
      }
    }
  }

  @Test func `a rebuild beside writers ends with the ledger's accounts`() async throws {
    try await withWorld { database, redis in
      try await Node.running(on: database, redis.url) { node in
        let type = try await node.type()
        #expect(try await node.eventually { await node.isMirrored(type) })
        let writing = node.loop.spawn {
          for index in 0..<400 { _ = try? await node.post(.credit(1), to: "user-\(index % 37)", of: type) }
        }
        for _ in 0..<3 {
          let isDone = try await node.rebuilder.rebuild(type)
          #expect(isDone)
          let isMirrored = await node.isMirrored(type)
          #expect(isMirrored)
        }
        await writing.value
        #expect(try await node.eventually { try await node.differences(type) == [] })
      }
    }
  }
}

/// A fresh ledger and a fresh Redis.
func withWorld(_ body: (LedgerDatabase, RedisUnderTest) async throws -> Void) async throws {
  let database = try await LedgerDatabase.make()
  let redis = try RedisUnderTest()
  defer { redis.stop() }
  try await body(database, redis)
}
