// Runners that do not know of each other, as when a lease has passed on from one that only slept: between
// them each period is closed once and stored once, and as it would be by one alone.
import Boards
import Cryptography
import Ledger
import Synchronization
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct ClosingRaceTests {
  private static let runners = 3

  @Test func `three runners at once close each period once, and store what was posted in it`() async throws {
    let ledger = try await TestLedger.make()
    let points = try ledger.points
    try await ledger.withLanes(Self.runners + 1) { lanes in
      var boards: [DefinedBoard] = []
      for index in 0..<12 {
        let end = 1.5 + 0.6 * Double(index)
        boards.append(try await ClosingDesk(lanes[0]).define("race-\(index)", on: points, endingIn: end))
      }
      let all = Set(boards.map { SlotKey(board: $0.definition.number, period: 1) })
      let done = Done(all)
      let frozen = try await withThrowingTaskGroup(of: [SlotKey].self) { group in
        for lane in lanes.prefix(Self.runners) {
          group.addTask {
            do {
              return try await ClosingDesk(lane).close { done.note($0) }
            } catch {
              // The others would wait for ever for what this one has not noted.
              done.giveUp()
              throw error
            }
          }
        }
        group.addTask {
          var round = 0
          while !done.isAll {
            let leg = Leg.credit(Int64(1 + round % 5), to: "user-\(round * 7 % 31)", in: points)
            #expect(await lanes[Self.runners].post(.of(leg)).receipt != nil)
            round += 1
          }
          return []
        }
        return try await group.reduce(into: [SlotKey]()) { $0 += $1 }
      }
      #expect(frozen.count == all.count && Set(frozen) == all)
      let contents = try await ledger.contents()
      var digests: Set<[UInt8]> = []
      for board in boards {
        let stored = try #require(try await ClosingDesk(lanes[0]).stored(board))
        let period = try #require(board.periods.first)
        #expect(stored.isComplete)
        #expect(stored.contents?.digest.bytes == contents.digest(of: period, on: points))
        digests.insert(stored.contents?.digest.bytes ?? [])
      }
      // On a busy machine several may end before the next posting is made.
      #expect(digests.count > 2, "they were closed while others posted")
    }
  }

  /// What all runners together have stored.
  private final class Done: Sendable {
    private struct State {
      var frozen: Set<SlotKey> = []
      var isGivenUp = false
    }

    private let all: Set<SlotKey>
    private let state = Mutex(State())

    init(_ all: Set<SlotKey>) {
      self.all = all
    }

    /// Whether that is everything now, or all there will be.
    func note(_ slots: [SlotKey]) -> Bool {
      state.withLock { $0.frozen.formUnion(slots) }
      return isAll
    }

    /// One of them has failed.
    func giveUp() {
      state.withLock { $0.isGivenUp = true }
    }

    var isAll: Bool { state.withLock { $0.isGivenUp || $0.frozen == all } }
  }
}
