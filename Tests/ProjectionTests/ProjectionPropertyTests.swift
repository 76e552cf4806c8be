// Random postings through two processes while Redis is flushed, rolled back, stalled and disconnected at
// random. While it lasts no mirror may answer with less than what was promised; and soon after the last fault
// all mirrors are the ledger.
import BoardStore
import Boards
import EventLoop
import Ledger
import LedgerStore
import Projection
import Synchronization
import TestSupport
import Testing

@Suite(.serialized)
struct ProjectionPropertyTests {
  private static let users = 60
  /// Accounts that nobody touches, so that a rebuild takes its time.
  private static let idleUsers = 10_000
  private static let faults = 12

  @Test func `whatever happens to Redis, no answer is stale and all of it heals`() async throws {
    let generator = SeededGenerator.forThisRun()
    try await withWorld { database, redis in
      let promises = Promises()
      let isOver = Flag()
      try await Node.running(on: database, redis.url) { first in
        let type = try await first.type()
        try await Self.addIdleAccounts(first, type)
        try await Node.running(on: database, redis.url) { second in
          try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, node) in [first, second].enumerated() {
              let seed = generator.seed &+ UInt64(index + 1)
              group.addTask {
                try await node.run { try await Self.write(node, type, promises, seed: seed, until: isOver) }
              }
              group.addTask {
                try await node.run { try await Self.read(node, type, promises, seed: seed, until: isOver) }
              }
            }
            var random = SeededGenerator(seed: generator.seed)
            do { try await Self.harm(redis, &random) } catch { Issue.record("\(error)") }
            isOver.set()
            try await group.waitForAll()
          }
          for node in [first, second] {
            let isHealed = try await node.run {
              try await node.eventually(within: .seconds(5)) { try await node.differences(type) == [] }
            }
            let state = try await node.run {
              try await "\(node.differences(type).prefix(3)) \(node.follower.status)"
            }
            #expect(isHealed, "\(state)")
          }
        }
      }
      #expect(promises.broken == [])
      #expect(promises.readings > 0)
    }
  }

  private static func addIdleAccounts(_ node: Node, _ type: PointTypeID) async throws {
    for start in stride(from: 0, to: idleUsers, by: 1000) {
      let legs = (start..<start + 1000).map { index in
        Leg(
          account: AccountKey(user: UserID(stored: "idle-\(index)"), pointType: type),
          change: .credit(Int64(index % 500 + 1)), kind: .award, details: TransactionDetails())
      }
      _ = try await node.post(legs)
    }
  }

  private static func write(
    _ node: Node, _ type: PointTypeID, _ promises: Promises, seed: UInt64, until isOver: Flag
  ) async throws {
    var random = SeededGenerator(seed: seed)
    while !isOver.isSet {
      let user = "user-\(Int.random(in: 0..<users, using: &random))"
      let amount = Int64.random(in: 1...20, using: &random)
      let change = Int.random(in: 0..<4, using: &random) == 0 ? Leg.Change.debit(amount) : .credit(amount)
      guard let receipt = try await node.post(change, to: user, of: type), receipt.isProjected else {
        continue
      }
      promises.note(user, receipt.transactions[0].version)
    }
  }

  private static func read(
    _ node: Node, _ type: PointTypeID, _ promises: Promises, seed: UInt64, until isOver: Flag
  ) async throws {
    var random = SeededGenerator(seed: ~seed)
    while !isOver.isSet {
      let user = "user-\(Int.random(in: 0..<users, using: &random))"
      // What was promised before the question is what the answer must have.
      let promised = promises.version(of: user)
      let key = AccountKey(user: UserID(stored: user), pointType: type)
      switch await node.boards.balance(key) {
      case .value(let account, _): promises.check(user, account?.version ?? 0, promised)
      case .unavailable: break
      }
      guard case .value(let page, _) = await node.boards.page(of: type, .earned, offset: 0, limit: 3) else {
        try await node.loop.sleep(for: .milliseconds(1))
        continue
      }
      promises.check("members", page.members, Int64(idleUsers))
    }
  }

  private static func harm(_ redis: RedisUnderTest, _ random: inout SeededGenerator) async throws {
    var copy = try await redis.copy()
    for _ in 0..<faults {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: try await redis.flush()
      case 1: try await redis.rollBack(to: copy)
      case 2: try await redis.stall(Int.random(in: 50...400, using: &random))
      case 3: try await redis.dropConnections()
      case _: copy = try await redis.copy()
      }
      try await Task.sleep(for: .milliseconds(Int.random(in: 50...700, using: &random)))
    }
  }
}

private final class Flag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}

/// Versions that were told to callers as projected, and answers that fell short of them.
private final class Promises: Sendable {
  private struct State {
    var versions: [String: Int64] = [:]
    var broken: [String] = []
    var readings = 0
  }

  private let state = Mutex(State())

  func note(_ user: String, _ version: Int64) {
    state.withLock { $0.versions[user] = max($0.versions[user] ?? 0, version) }
  }

  func version(of user: String) -> Int64 { state.withLock { $0.versions[user] ?? 0 } }

  func check(_ what: String, _ found: Int64, _ promised: Int64) {
    state.withLock {
      $0.readings += 1
      if found < promised { $0.broken.append("\(what): \(found) where \(promised) was promised") }
    }
  }

  var broken: [String] { state.withLock { $0.broken } }
  var readings: Int { state.withLock { $0.readings } }
}
