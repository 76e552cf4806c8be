// How the members of a snapshot are spread over its scores.
package import Boards
import Ledger
package import PostgresClient

extension SnapshotReader {
  /// Over so many buckets; nil for a snapshot with nobody in it.
  package func spread(
    of snapshot: Snapshot, buckets count: Int
  ) async throws(PostgresError) -> ScoreDistribution? {
    guard let contents = snapshot.contents, contents.members > 0 else { return nil }
    let (members, isAscending) = (contents.members, snapshot.plan.order.isAscending)
    let middle = [(members + 1) / 2, members / 2 + 1]
    // Counted from the lowest score on; entries are from the best on.
    let places = (ScoreDistribution.places(of: members) + middle).map { place in
      Int32(clamping: isAscending ? place : members - place + 1)
    }
    let found = try await pool.query(ReadEntriesAt(snapshot: snapshot.number, places: places))
    guard found.count == places.count, let lowest = found.first else {
      throw .unexpectedRowCount(found.count)
    }
    let scores = Array(found.dropLast(2))
    let buckets = ScoreBuckets(
      from: lowest, to: scores.last ?? lowest, count: min(count, ScoreDistribution.bucketsMax))
    let statistics = BoardStatistics(
      sum: contents.scoreSum, members: members, middle: (found[found.count - 2], found[found.count - 1]))
    let counts = try await counts(in: snapshot, buckets.bounds, members)
    return ScoreDistribution(
      members: members, scores: scores, statistics: statistics, buckets, counts: counts)
  }

  /// Below the first bound, from each to the next, and from the last on.
  private func counts(
    in snapshot: Snapshot, _ bounds: [Int64], _ members: Int64
  ) async throws(PostgresError) -> [Int64] {
    guard !bounds.isEmpty else { return [members] }
    let isAscending = snapshot.plan.order.isAscending
    // A bound lies above the lowest score there is.
    let scores = isAscending ? bounds : bounds.map { $0 - 1 }
    let places = try await pool.query(FindPlacesOfScores(snapshot: snapshot, scores: scores))
    let below = places.map { isAscending ? Int64($0) - 1 : members - (Int64($0) - 1) }
    return zip(below + [members], [0] + below).map { $0 - $1 }
  }
}
