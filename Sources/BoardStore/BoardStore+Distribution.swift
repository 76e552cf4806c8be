// How the members of a board are spread over its scores.
import BoardScripts
package import Boards
package import Ledger
import RedisClient

/// How many members have scores within some bounds.
package struct BoardDistribution: Sendable, Equatable {
  package let members: Int64
  /// One more than bounds: below the first bound, from each bound to the next, and from the last bound on.
  package let counts: [Int64]

  package init(members: Int64, counts: [Int64]) {
    self.members = members
    self.counts = counts
  }
}

extension BoardStore {
  /// The most bounds that one call asks for.
  package static var boundsMax: Int { 100 }

  /// How many are on a board.
  package func members(of pointType: PointTypeID, _ board: MirrorBoard) async -> MirrorAnswer<Int64> {
    await distribution(of: pointType, board, bounds: []).map(\.members)
  }

  /// Bounds ascend; those beyond the most that there may be are left out.
  package func distribution(
    of pointType: PointTypeID, _ board: MirrorBoard, bounds: [Int64]
  ) async -> MirrorAnswer<BoardDistribution> {
    let bounds = bounds.prefix(Self.boundsMax)
    return await read(of: pointType) { keys in
      await redis.call(
        BoardScripts.readDistribution, keys: board.readingKeys(keys),
        arguments: board.readingArguments + Self.thresholds(bounds, board.order))
    } _: { parts in
      guard parts.count == 3, let members = parts[1].integer, let values = parts[2].array,
        values.count == bounds.count
      else { return nil }
      let reached = values.compactMap(\.integer)
      guard reached.count == bounds.count else { return nil }
      return BoardDistribution(
        members: members, counts: Self.counts(reached, members: members, isAscending: board.order.isAscending)
      )
    }
  }

  /// What a member must have at least to be counted: a bound, or where the lowest is the best, less than it.
  private static func thresholds(_ bounds: ArraySlice<Int64>, _ order: BoardOrder) -> [[UInt8]] {
    bounds.map { bound in
      guard order.isAscending else { return ScoreEncoding.text(of: order.merit(of: bound)) }
      return bound == .min ? Array("-inf".utf8) : ScoreEncoding.text(of: order.merit(of: bound - 1))
    }
  }

  /// From how many reach each bound, or where the lowest is the best, stay below it.
  private static func counts(_ counted: [Int64], members: Int64, isAscending: Bool) -> [Int64] {
    let below = isAscending ? counted : counted.map { members - $0 }
    return zip(below + [members], [0] + below).map { $0 - $1 }
  }
}

// MARK: All of it

extension BoardStore {
  /// How the members are spread over so many buckets; nil for an empty board. The scores that bound the
  /// buckets are looked up first, and the buckets are counted a moment later; everybody who is on the board
  /// then is in one of them.
  package func spread(
    of pointType: PointTypeID, _ board: MirrorBoard, buckets count: Int
  ) async -> MirrorAnswer<ScoreDistribution?> {
    let (quantiles, first): (Quantiles, Int64)
    switch await readQuantiles(of: pointType, board) {
    case .unavailable(let reason): return .unavailable(reason)
    case .value(nil, let position): return .value(nil, position: position)
    case .value(let found?, let position): (quantiles, first) = (found, position)
    }
    guard let lowest = quantiles.scores.first, let highest = quantiles.scores.last else {
      return .unavailable(.damaged)
    }
    let buckets = ScoreBuckets(from: lowest, to: highest, count: min(count, ScoreDistribution.bucketsMax))
    switch await distribution(of: pointType, board, bounds: buckets.bounds) {
    case .unavailable(let reason): return .unavailable(reason)
    case .value(let counted, let position):
      let spread = ScoreDistribution(
        members: counted.members, scores: quantiles.scores, statistics: quantiles.statistics, buckets,
        counts: counted.counts)
      return spread.map { .value($0, position: min(first, position)) } ?? .unavailable(.damaged)
    }
  }

  private struct Quantiles: Sendable {
    let scores: [Int64]
    let statistics: BoardStatistics
  }

  private func readQuantiles(
    of pointType: PointTypeID, _ board: MirrorBoard
  ) async -> MirrorAnswer<Quantiles?> {
    let shares = ([0] + ScoreDistribution.percents + [100]).map { "\($0)".utf8.bytes }
    return await read(of: pointType) { keys in
      await redis.call(
        BoardScripts.readQuantiles, keys: board.readingKeys(keys),
        arguments: board.readingArguments + [
          board.set.sumName, board.order.isAscending ? Self.yes : Self.no,
        ] + shares)
    } _: { parts in
      guard parts.count == 5, let members = parts[1].integer, let found = parts[2].array else { return nil }
      guard members > 0 else { return .some(nil) }
      let decoding = RowDecoding(pointType)
      let scores = found.compactMap { decoding.score(board, $0) }
      guard scores.count == shares.count, let sum = parts[3].array.flatMap(decoding.sum),
        let middle = parts[4].array?.compactMap({ decoding.score(board, $0) }),
        let lower = middle.first, let upper = middle.last
      else { return nil }
      // Those that no mirror can tell from each other may be in another order.
      return Quantiles(
        scores: scores.sorted(),
        statistics: BoardStatistics(sum: sum, members: members, middle: (lower, upper)))
    }
  }
}
