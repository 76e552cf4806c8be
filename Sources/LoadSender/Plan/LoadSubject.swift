// What is asked of the service. Members are called as `points bench` and its scripts call them:
// member-0000000 and so on; each request draws one at random.

package enum LoadSubject: Sendable, Equatable {
  /// One award under a key of its own, to a member behind so many others.
  case awards(members: Int, behind: Int = 0)
  /// So many awards in one request, each a posting under a key of its own.
  case batches(of: Int, members: Int)
  case balances(members: Int)
  case ranks(members: Int)
  /// The top 100, or 100 rows behind fewer than so many others: of the default point type, or of one drawn
  /// from so many, called type-000 and so on.
  case pages(types: Int?, offsets: Int = 1)
  /// One path, as it is.
  case path(String)

  /// How many awards, or answers of another kind, one request asks for.
  package var units: Int {
    if case .batches(let size, _) = self { size } else { 1 }
  }

  var isPost: Bool {
    switch self {
    case .awards, .batches: true
    case .balances, .ranks, .pages, .path: false
    }
  }
}
