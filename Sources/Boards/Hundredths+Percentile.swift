// Where a rank lies among all members, as a share of a hundred.

extension Hundredths {
  /// How many of a hundred members this rank is at least as good as: 100.00 for the first, and for nobody who
  /// has a better one before him, because it is rounded down. The members are at least as many as the rank.
  package static func percentile(rank: Int64, members: Int64) -> Hundredths {
    precondition(rank >= 1 && rank <= members, "A rank lies among the members.")
    let notBetter = Int128(members) - Int128(rank) + 1
    return Hundredths(count: notBetter * 10_000 / Int128(members))
  }
}
