// The route that tells how the members of a board are spread over its scores.
import BoardStore
import Boards
import HTTPServer
import JSON
import Ledger
import LedgerStore

package enum DistributionRoutes {
  package static func add(to routes: inout GuardedRoutes, desk: BoardDesk) {
    routes.on(.get, "/points/leaderboard/distribution", for: .reader, handler: distribution(desk))
  }

  private static func distribution(_ desk: BoardDesk) -> CallerHandler {
    { exchange, _ throws(Problem) in
      var query = QueryReader(exchange)
      let choice = try BoardChoice(&query)
      let buckets = Int(
        try query.integer("buckets", in: 1...Int64(ScoreDistribution.bucketsMax), otherwise: 10))
      try query.finish()
      return .json(
        try await BoardRoutes.meant(choice, desk) { type, board throws(Problem) in
          try await live(desk, type, try desk.lookup.found(board), buckets)
        } stored: { past, snapshot throws(Problem) in
          try await past.distribution(of: snapshot, buckets: buckets)
        })
    }
  }

  private static func live(
    _ desk: BoardDesk, _ type: PointType, _ found: FoundBoard, _ buckets: Int
  ) async throws(Problem) -> [UInt8] {
    let answer = try await desk.ask(type.id, found) {
      await $0.spread(of: type.id, found.mirror, buckets: buckets)
    } ledger: {
      $0.spread($1, buckets: buckets)
    }
    var json = JSONWriter(reservingCapacity: 1_024 + 64 * buckets)
    json.object {
      $0.field("pointType", type.name)
      $0.board(found)
      $0.distribution(answer.value)
      $0.origin(answer.origin)
    }
    return json.finish()
  }
}

extension JSONWriter {
  /// Nil for a board with nobody on it.
  mutating func distribution(_ spread: ScoreDistribution?) {
    field("members", spread?.members ?? 0)
    field("lowest", orNull: spread?.lowest)
    field("highest", orNull: spread?.highest)
    statistics(spread?.statistics)
    arrayField("percentiles") {
      for percentile in spread?.percentiles ?? [] {
        $0.object {
          $0.field("percent", Int64(percentile.percent))
          $0.field("score", percentile.score)
        }
      }
    }
    arrayField("buckets") {
      for bucket in spread?.buckets ?? [] {
        $0.object {
          $0.field("from", bucket.from)
          $0.field("to", bucket.to)
          $0.field("members", bucket.members)
        }
      }
    }
  }
}
