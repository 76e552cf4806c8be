// How the members of a board are spread over its scores: buckets of one width from the lowest score to the
// highest, and the scores that so many percent do not exceed.

package struct ScoreDistribution: Sendable, Equatable {
  package struct Percentile: Sendable, Equatable {
    package let percent: Int
    /// The lowest score that so many percent of the members do not exceed.
    package let score: Int64

    package init(percent: Int, score: Int64) {
      self.percent = percent
      self.score = score
    }
  }

  package struct Bucket: Sendable, Equatable {
    package let from: Int64
    /// The last score that is in it.
    package let to: Int64
    package let members: Int64

    package init(from: Int64, to: Int64, members: Int64) {
      self.from = from
      self.to = to
      self.members = members
    }
  }

  /// Those that are told, beside the lowest and the highest score.
  package static let percents = [1, 5, 10, 25, 50, 75, 90, 95, 99]
  package static let bucketsMax = 100

  package let members: Int64
  package let lowest: Int64
  package let highest: Int64
  package let statistics: BoardStatistics
  package let percentiles: [Percentile]
  package let buckets: [Bucket]

  /// From the scores of `places`, and how many are in each bucket. Nil if they are not as many as asked for.
  package init?(
    members: Int64, scores: [Int64], statistics: BoardStatistics, _ buckets: ScoreBuckets, counts: [Int64]
  ) {
    guard scores.count == Self.percents.count + 2, let lowest = scores.first, let highest = scores.last,
      counts.count == buckets.bounds.count + 1
    else { return nil }
    self.members = members
    self.lowest = lowest
    self.highest = highest
    self.statistics = statistics
    percentiles = zip(Self.percents, scores.dropFirst()).map { Percentile(percent: $0, score: $1) }
    self.buckets = buckets.filled(counts)
  }

  /// Which places make it, counted from the lowest score on, from 1: that of the lowest, of each of the
  /// percents, and of the highest.
  package static func places(of members: Int64) -> [Int64] {
    ([0] + percents + [100]).map { percent in
      max(1, Int64((Int128(members) * Int128(percent) + 99) / 100))
    }
  }
}

/// Buckets of one width, but for the last, which may be narrower: as many as asked for, or fewer where there
/// are not so many scores.
package struct ScoreBuckets: Sendable, Equatable {
  private let lowest: Int64
  private let highest: Int64
  /// The first score of each but the first.
  package let bounds: [Int64]

  package init(from lowest: Int64, to highest: Int64, count: Int) {
    precondition(lowest <= highest && count > 0, "Buckets are between two scores.")
    self.lowest = lowest
    self.highest = highest
    let scores = Int128(highest) - Int128(lowest) + 1
    let width = (scores + Int128(count) - 1) / Int128(count)
    var bounds: [Int64] = []
    var bound = Int128(lowest) + width
    while bound <= Int128(highest) {
      bounds.append(Int64(bound))
      bound += width
    }
    self.bounds = bounds
  }

  func filled(_ counts: [Int64]) -> [ScoreDistribution.Bucket] {
    zip(zip([lowest] + bounds, bounds.map { $0 - 1 } + [highest]), counts).map {
      ScoreDistribution.Bucket(from: $0.0, to: $0.1, members: $1)
    }
  }
}
