// Whom of those who are ranked a rule rewards: some ranks, or some part of all who are listed.

package enum RewardReach: Sendable, Equatable {
  /// Both included, from 1.
  case ranks(ClosedRange<Int64>)
  /// Of all who are listed those behind the first so many hundredths of a percent, up to so many: 0 and 1,000
  /// are the best ten percent, 1,000 and 2,500 those behind them up to a quarter. Rounded up at either end,
  /// so that the best percent of ten is one, and no place is between two parts that meet.
  case share(above: Int64, upTo: Int64)

  /// Everything that the shares are of.
  package static let whole: Int64 = 10_000

  package var isPossible: Bool {
    switch self {
    case .ranks(let ranks): ranks.lowerBound >= 1
    case .share(let above, let top): above >= 0 && above < top && top <= Self.whole
    }
  }

  /// The places of a share among so many; nil where it comes to none, and for ranks.
  func places(among population: Int64) -> ClosedRange<Int64>? {
    guard case .share(let above, let top) = self else { return nil }
    let (first, last) = (Self.places(above, of: population) + 1, Self.places(top, of: population))
    return first <= last ? first...last : nil
  }

  private static func places(_ share: Int64, of population: Int64) -> Int64 {
    let product = Int128(share) * Int128(population) + Int128(whole - 1)
    return Int64(product / Int128(whole))
  }
}
