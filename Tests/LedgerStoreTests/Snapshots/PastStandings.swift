// Where users were, asked for by all of them in one turn of the loop with few statements, against what the
// entries say.
import Boards
import EventLoop
import Ledger
import LedgerStore
import PostgresClient
import Testing

enum PastStandings {
  /// Of one loop.
  private final class Answers: @unchecked Sendable {
    var found: [Int: Result<PastStanding?, PostgresError>] = [:]
    let all = OneShot<Void>()
  }

  static func check(
    _ snapshot: Snapshot, _ expected: [SnapshotEntry], _ snapshots: SnapshotsUnderTest
  ) async throws {
    // Some ask twice, and some were never listed.
    let strangers = ["", "nobody", "\u{10FFFF}"].map { UserID(stored: $0) }
    let users = expected.map(\.user) + strangers + expected.prefix(3).map(\.user)
    let answers = Answers()
    let before = snapshots.readingPool.statistics.statements
    for (index, user) in users.enumerated() {
      snapshots.loop.spawn {
        do throws(PostgresError) {
          answers.found[index] = .success(try await snapshots.reader.pastStanding(of: user, in: snapshot))
        } catch {
          answers.found[index] = .failure(error)
        }
        if answers.found.count == users.count { answers.all.fulfil(()) }
      }
    }
    await answers.all.value()
    // One for each portion.
    #expect(snapshots.readingPool.statistics.statements == before + (users.count + 31) / 32)
    let entries = Dictionary(expected.map { ($0.user, $0) }) { first, _ in first }
    for (index, user) in users.enumerated() {
      let found = try answers.found[index]?.get()
      #expect(found?.row.entry == entries[user])
      guard let entry = entries[user], let found else { continue }
      let better = expected.filter { isBetter($0, entry, snapshot) }
      #expect(found.better == Int64(better.count), "\(snapshot.plan)")
      #expect(found.nextScore == better.last?.score, "\(snapshot.plan)")
    }
  }

  private static func isBetter(
    _ left: SnapshotEntry, _ right: SnapshotEntry, _ snapshot: Snapshot
  ) -> Bool {
    snapshot.plan.order.isAscending ? left.score < right.score : left.score > right.score
  }
}
