// Snapshots held against their mirrors: what differs is recorded and put right, and a mirror that cannot be
// asked is no failure of a snapshot.
import BoardStore
import Boards
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import RedisClient
import Synchronization
import TestSupport
import Testing
import Verification

@Suite(.serialized)
struct SnapshotComparisonTests {
  @Test(arguments: [SlotDamage.wrongScore, .lostMember, .lostAccount, .emptied])
  func `what a mirror has otherwise is recorded, told and repaired`(damage: SlotDamage) async throws {
    try await World.running { world in
      try await world.fillBoards()
      try await damage.strike(world)
      let desk = ComparisonDesk(world)
      let slot = damage == .wrongScore || damage == .lostAccount ? World.plain : World.dense
      let snapshot = try await desk.take(slot)
      #expect(snapshot.contents?.members == 20 && snapshot.isToBeCompared)
      await desk.comparing.compare(snapshot)
      let found = try await desk.look(at: snapshot)
      let drifted: Int64 = damage == .emptied ? 20 : 1
      #expect(
        found?.comparison == Snapshot.Comparison(checked: 20, drifted: drifted, repaired: drifted),
        "\(found as Any)")
      #expect(desk.tally.counts.drifted == drifted && desk.tally.counts.repaired == drifted)
      #expect(desk.told == ["drifted"])
      let after = try await world.verifyMirror()
      #expect(after.drifts.counts == [:] || damage == .lostAccount, "\(after.drifts.shown)")
      // Once is enough, whoever comes next.
      await desk.comparing.compare(found ?? snapshot)
      await desk.comparing.compare(snapshot)
      #expect(desk.tally.counts.compared == 1)
    }
  }

  @Test func `a mirror that is whole is only counted`() async throws {
    try await World.running { world in
      try await world.fillBoards()
      let desk = ComparisonDesk(world)
      let snapshot = try await desk.take(World.dense)
      await desk.comparing.compare(snapshot)
      let found = try await desk.look(at: snapshot)
      #expect(found?.comparison == Snapshot.Comparison(checked: 20, drifted: 0, repaired: 0))
      #expect(desk.told.isEmpty && desk.tally.counts.checked == 20)
    }
  }

  @Test func `a Redis that is held up for a moment is asked again`() async throws {
    var options = RedisOptions.forTests
    options.timeout = .seconds(4)
    try await World.running(redis: options) { world in
      try await world.fillBoards()
      let desk = ComparisonDesk(world)
      let snapshot = try await desk.take(World.plain)
      // For longer than anybody waits for one answer.
      await world.command("CLIENT", Array("PAUSE".utf8), Array("6000".utf8))
      let begin = world.loop.clock.now
      await desk.comparing.compare(snapshot)
      #expect(world.loop.clock.now >= begin + .seconds(4), "nobody was held up")
      let found = try await desk.look(at: snapshot)
      let whole = Snapshot.Comparison(checked: 20, drifted: 0, repaired: 0)
      #expect(found?.comparison == whole, "\(found as Any)")
      #expect(desk.told.isEmpty)
    }
  }

  @Test func `without Redis, or without time, the row says that nothing was compared`() async throws {
    try await World.running { world in
      try await world.fillBoards()
      let desk = ComparisonDesk(world)
      let hasty = try await desk.take(World.dense)
      await desk.comparing.compare(hasty, within: .zero)
      #expect(try await desk.look(at: hasty)?.notCompared?.hasPrefix("it took longer") == true)

      let second = try await desk.take(World.plain)
      await world.redis.close(deadline: .milliseconds(100))
      await desk.comparing.compare(second)
      let found = try await desk.look(at: second)
      #expect(found?.comparison == nil && found?.notCompared?.hasPrefix("Redis") == true, "\(found as Any)")
      #expect(found?.isToBeCompared == false && found?.isComplete == true)
      #expect(desk.told == ["not compared", "not compared"] && desk.tally.counts.notCompared == 2)
      // What was said of it once stays.
      let settling = SnapshotSettling(pool: world.pool)
      let comparison = Snapshot.Comparison(checked: 1, drifted: 0, repaired: 0)
      #expect(try await !settling.note(comparison, of: second.id))
    }
  }
}

/// Takes snapshots of a world's boards, and compares them.
private final class ComparisonDesk: @unchecked Sendable {
  let tally = SnapshotTally()
  let comparing: SnapshotComparing
  private let world: World
  private let events: Events

  private final class Events: Sendable {
    let told = Mutex<[String]>([])
  }

  init(_ world: World) {
    self.world = world
    let events = Events()
    self.events = events
    comparing = SnapshotComparing(world.boards, pool: world.pool, tally: tally, on: world.loop) { event in
      let word =
        switch event {
        case .drifted: "drifted"
        case .notCompared: "not compared"
        }
      events.told.withLock { $0.append(word) }
    }
  }

  var told: [String] { events.told.withLock { $0 } }

  func take(_ slot: SlotKey) async throws -> Snapshot {
    let order = slot == World.dense ? BoardOrder(style: .dense, isAscending: true) : BoardOrder()
    let board = BoardID(UUIDBits(high: 9, low: UInt64(slot.board)))
    let plan = SnapshotPlan.close(
      of: board, SnapshotBoard(pointType: world.type, key: .defined(board), name: "board"),
      period: SnapshotPlan.Period(number: slot.period, label: "five"),
      endingAt: Instant(microseconds: WallClock.now.microseconds), slot: slot, order: order,
      eligibility: Eligibility(enabledOnly: false))
    guard case .complete(let snapshot) = try await SnapshotSettling(pool: world.pool).take(plan) else {
      throw World.Unfit()
    }
    return snapshot
  }

  func look(at snapshot: Snapshot) async throws -> Snapshot? {
    try await SnapshotReader(pool: world.pool).snapshot(snapshot.id)
  }
}
