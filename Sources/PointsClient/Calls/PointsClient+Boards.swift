// Asking who is where. All these calls take any board; `category` picks the one that a board has for a single
// category, and `period` is `current`, `previous` (the last that is stored) or a label, of a defined board.
// Without it the current one is meant.
import JSON

extension PointsClient {
  /// A part of a board, best first: `limit` places, 1,000 at most, after the first `offset`. With
  /// `topPercent`, which is told to two decimals, only those who have fewer than that share of the board
  /// before them who are better. `withChange` tells the rank of each in the last snapshot, of 100 at most.
  public func leaderboard(
    pointType: String? = nil, board: Board? = nil, category: String? = nil, period: String? = nil,
    limit: Int? = nil, offset: Int? = nil, topPercent: Double? = nil, withChange: Bool = false
  ) async throws(PointsError) -> LeaderboardPage {
    var target = Target("/points/leaderboard")
    if withChange { target.append("change", "true") }
    target.append("topPercent", topPercent.map { Self.hundredths($0) })
    target.append(pointType: pointType, board, category, period)
    target.append("limit", limit)
    target.append("offset", offset)
    return try await value(of: .read(target))
  }

  /// How the members of a board are spread over its scores, in so many buckets, 100 at most.
  public func scoreDistribution(
    pointType: String? = nil, board: Board? = nil, category: String? = nil, period: String? = nil,
    buckets: Int? = nil
  ) async throws(PointsError) -> ScoreDistribution {
    var target = Target("/points/leaderboard/distribution")
    target.append(pointType: pointType, board, category, period)
    target.append("buckets", buckets)
    return try await value(of: .read(target))
  }

  /// With two decimals; the service refuses what is none of its shares.
  private static func hundredths(_ percent: Double) -> String {
    guard percent.isFinite, percent.magnitude < 1_000_000 else { return "\(percent)" }
    let hundredths = Int64((percent * 100).rounded())
    let (whole, part) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    return "\(hundredths < 0 ? "-" : "")\(whole).\(part < 10 ? "0" : "")\(part)"
  }

  /// Where a user stands; nil for one who is not on the board.
  public func rank(
    userID: String, pointType: String? = nil, board: Board? = nil, category: String? = nil,
    period: String? = nil, withChange: Bool = false
  ) async throws(PointsError) -> Rank? {
    var target = Target("/points/leaderboard/rank")
    if withChange { target.append("change", "true") }
    target.append("userId", userID)
    target.append(pointType: pointType, board, category, period)
    do throws(PointsError) {
      return try await value(of: .read(target))
    } catch {
      if case .refused(let problem) = error, problem.code == .notRanked { return nil }
      throw error
    }
  }

  /// The places around a user's: `count` in all.
  public func leaderboard(
    aroundUser userID: String, count: Int? = nil, pointType: String? = nil, board: Board? = nil,
    category: String? = nil, period: String? = nil, withChange: Bool = false
  ) async throws(PointsError) -> LeaderboardNeighbours {
    var target = Target("/points/leaderboard/around")
    if withChange { target.append("change", "true") }
    target.append("userId", userID)
    target.append("count", count)
    target.append(pointType: pointType, board, category, period)
    return try await value(of: .read(target))
  }

  /// The places around a score: `count` in all.
  public func leaderboard(
    aroundScore score: Int64, count: Int? = nil, pointType: String? = nil, board: Board? = nil,
    category: String? = nil, period: String? = nil
  ) async throws(PointsError) -> LeaderboardNeighbours {
    var target = Target("/points/leaderboard/around")
    target.append("score", score)
    target.append("count", count)
    target.append(pointType: pointType, board, category, period)
    return try await value(of: .read(target))
  }

  /// The places of up to 1,000 users, on the board and among each other.
  public func leaderboard(
    userIDs: [String], pointType: String? = nil, board: Board? = nil, category: String? = nil,
    period: String? = nil
  ) async throws(PointsError) -> LeaderboardSelection {
    let body = JSONWriter.body { json in
      json.arrayField("userIds") { json in
        for userID in userIDs { json.string(userID) }
      }
      json.field("pointType", ifAny: pointType)
      json.field("board", ifAny: board?.rawValue)
      json.field("category", ifAny: category)
      json.field("period", ifAny: period)
    }
    return try await value(of: .read(Target("/points/leaderboard/users"), asking: body))
  }
}

extension Target {
  mutating func append(
    pointType: String?, _ board: Board?, _ category: String?, _ period: String?
  ) {
    append("pointType", pointType)
    append("board", board?.rawValue)
    append("category", category)
    append("period", period)
  }
}
