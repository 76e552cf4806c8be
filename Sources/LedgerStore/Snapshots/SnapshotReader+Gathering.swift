// Ranks of the past that many ask for at once are read by one statement.
import Boards
import EventLoop
package import Ledger
package import PostgresClient

extension SnapshotReader {
  /// Nil for whoever is not in it.
  package func pastStanding(
    of user: UserID, in snapshot: Snapshot
  ) async throws(PostgresError) -> PastStanding? {
    try await gatheredStandings.answer(about: user, on: StandingTopic(snapshot)).get()
  }

  typealias GatheredStandings = Gathering<StandingTopic, UserID, Result<PastStanding?, PostgresError>>

  /// The ranks that one statement can read.
  struct StandingTopic: Hashable {
    let snapshot: SnapshotNumber
    let pointType: PointTypeID
    let isCompetition: Bool

    init(_ snapshot: Snapshot) {
      self.snapshot = snapshot.number
      pointType = snapshot.plan.board.pointType
      isCompetition = snapshot.plan.order.style == .competition
    }
  }

  static func gatherStandings(from pool: PostgresPool) -> GatheredStandings {
    Gathering(on: pool.loop, portionMax: 32) { topic, users in
      do throws(PostgresError) {
        let standings = try await pool.query(
          FindPastStandings(
            snapshot: topic.snapshot, pointType: topic.pointType, users: Array(Set(users)),
            isCompetition: topic.isCompetition))
        let found = Dictionary(standings.map { ($0.row.entry.user, $0) }) { first, _ in first }
        return users.map { .success(found[$0]) }
      } catch {
        return users.map { _ in .failure(error) }
      }
    }
  }
}
