// Random postings through two processes while at random Redis is flushed, rolled back, stalled, disconnected
// and full, the ledger is restored, and mirrors become somebody else's. While it lasts no mirror may answer
// with less than what was promised, or with what never was in the ledger; and soon after the last of it all
// mirrors are the ledger.
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
  /// Half of the postings are about few, and half about so many that each is seldom sent: what the mirror
  /// lacks of them does not come by itself.
  private static let busyUsers = 20
  private static let users = 3000
  /// Accounts that nobody touches, so that a rebuild takes its time.
  private static let idleUsers = 10_000

  @Test func `whatever happens to Redis and the ledger, no answer is wrong and all of it heals`() async throws
  {
    let generator = SeededGenerator.forThisRun()
    try await withWorld { database, redis in
      let witness = Witness()
      let isOver = Flag()
      try await Node.running(on: database, redis.url, patience: Node.shortPatience) { first in
        let type = try await first.type()
        try await first.awardEach(of: Self.idleUsers, type)
        try await Node.running(on: database, redis.url, patience: Node.shortPatience) { second in
          let nodes = [first, second]
          try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, node) in nodes.enumerated() {
              let seed = generator.seed &+ UInt64(index + 1)
              group.addTask {
                try await node.run { try await Self.write(node, type, witness, seed: seed, until: isOver) }
              }
              group.addTask {
                try await node.run { try await Self.read(node, type, witness, seed: seed, until: isOver) }
              }
            }
            do {
              var misfortune = try await Misfortune(
                database: database, redis: redis, nodes: nodes, type: type, witness: witness,
                random: SeededGenerator(seed: generator.seed))
              do { try await misfortune.happen() } catch { Issue.record("\(error)") }
              print("what happened: \(misfortune.story.joined(separator: ", "))")
            } catch {
              Issue.record("\(error)")
            }
            isOver.set()
            try await group.waitForAll()
          }
          for node in nodes { try await Self.expectHealed(node, type, among: nodes) }
        }
      }
      let faults = witness.faults(by: try await database.histories(nowAs: witness.ledger))
      #expect(faults.isEmpty, "\(faults.count): \(faults.prefix(5))")
      #expect(witness.readings > 0)
      #expect(witness.readingsAfterRestore > 0)
    }
  }

  private static func expectHealed(_ node: Node, _ type: PointTypeID, among nodes: [Node]) async throws {
    let isHealed = try await Node.soon(nodes) {
      try await node.run { try await node.differences(type) == [] }
    }
    let state = try await node.run {
      try await "\(node.differences(type).prefix(3)) \(node.follower.status)"
    }
    #expect(isHealed, "\(state)")
  }

  private static func user(_ random: inout SeededGenerator) -> UserID {
    let range = Bool.random(using: &random) ? 0..<busyUsers : 0..<users
    return UserID(stored: "user-\(Int.random(in: range, using: &random))")
  }

  private static func write(
    _ node: Node, _ type: PointTypeID, _ witness: Witness, seed: UInt64, until isOver: Flag
  ) async throws {
    var random = SeededGenerator(seed: seed)
    while !isOver.isSet {
      let user = Self.user(&random)
      let amount = Int64.random(in: 1...20, using: &random)
      let change = Int.random(in: 0..<4, using: &random) == 0 ? Leg.Change.debit(amount) : .credit(amount)
      let moment = witness.moment()
      do {
        guard let receipt = try await node.post(change, to: user.text, of: type), receipt.isProjected else {
          continue
        }
        witness.promise(user, receipt.transactions[0].version, since: moment)
      } catch is LedgerError {
        // The ledger is being restored.
        try await node.loop.sleep(for: .milliseconds(1))
      }
    }
  }

  private static func read(
    _ node: Node, _ type: PointTypeID, _ witness: Witness, seed: UInt64, until isOver: Flag
  ) async throws {
    var random = SeededGenerator(seed: ~seed)
    while !isOver.isSet {
      let user = Self.user(&random)
      var moment = witness.moment(user)
      switch await node.boards.balance(AccountKey(user: user, pointType: type)) {
      case .value(let account, _): witness.see(account, of: user, since: moment)
      case .unavailable: break
      }
      moment = witness.moment()
      guard case .value(let page, _) = await node.boards.page(of: type, .earned, offset: 0, limit: 3) else {
        try await node.loop.sleep(for: .milliseconds(1))
        continue
      }
      witness.see(
        page.rows.map(\.account.account), members: page.members, atLeast: Int64(idleUsers), since: moment)
    }
  }
}

private final class Flag: Sendable {
  private let value = Atomic(false)
  var isSet: Bool { value.load(ordering: .relaxed) }
  func set() { value.store(true, ordering: .relaxed) }
}
