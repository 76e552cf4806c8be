// What a board makes of the entries that count on it.

package enum BoardMetric: String, Sendable, CaseIterable {
  /// Credits that are earned, less their parts that were taken back.
  case earned
  /// What was spent, less what was refunded or taken back.
  case spent
  /// Credits less debits.
  case net
  /// The best single credit that is earned, less what was taken back of it.
  case best
  /// How many entries there are, less those that were taken back wholly.
  case count

  /// How an entry changes the score; nil if it does not count. A best credit is not a sum: what a credit is
  /// worth there is its amount.
  func worth(of entry: BoardEntry) -> Int64? {
    switch self {
    case .earned: entry.earned == 0 ? nil : entry.earned
    case .spent: entry.spent == 0 ? nil : entry.spent
    case .net: entry.direction == .credit ? entry.amount : -entry.amount
    case .best: entry.original.direction == .credit && entry.original.earned > 0 ? entry.amount : nil
    case .count: entry.countChange
    }
  }
}
