// One board of a ranking from the ledger: what everybody has on it, and in which order. Members go by their
// places in the ranking, which are in the order of the bytes of their ids.
import Boards
import Ledger

struct RankedBoard: Sendable {
  /// Of who is not on the board.
  private static let absent = Int64.min

  let order: BoardOrder
  /// By the places of members.
  private let scores: [Int64]
  private let instants: [Int64]
  /// The places of those who are on the board, the best first.
  private let listed: [UInt32]
  /// Of those, where ranks are dense.
  private let denseRanks: [UInt32]
  let sum: Int128

  /// What each member has on the board; nil for who is not on it.
  init(_ order: BoardOrder, standings: [(score: Int64, reachedAt: Instant)?]) {
    self.order = order
    let scores = standings.map { $0?.score ?? 0 }
    let instants = standings.map { $0?.reachedAt.microseconds ?? Self.absent }
    var listed = standings.indices.filter { standings[$0] != nil }.map { UInt32($0) }
    // Earliest first among equals, then by the bytes of the id, which is the order of the members.
    listed.sort { left, right in
      let (one, other) = (Int(left), Int(right))
      let merits = (order.merit(of: scores[one]), order.merit(of: scores[other]))
      if merits.0 != merits.1 { return merits.0 > merits.1 }
      return instants[one] == instants[other] ? left < right : instants[one] < instants[other]
    }
    (self.scores, self.instants, self.listed) = (scores, instants, listed)
    sum = listed.reduce(0) { $0 + Int128(scores[Int($1)]) }
    denseRanks = order.style == .dense ? Self.denseRanks(listed.map { order.merit(of: scores[Int($0)]) }) : []
  }

  private static func denseRanks(_ merits: [Int64]) -> [UInt32] {
    var ranks: [UInt32] = []
    ranks.reserveCapacity(merits.count)
    for (index, merit) in merits.enumerated() {
      ranks.append(index > 0 && merit == merits[index - 1] ? ranks[index - 1] : (ranks.last ?? 0) + 1)
    }
    return ranks
  }

  var count: Int { listed.count }

  /// The place of the member who is listed there.
  func member(at index: Int) -> Int { Int(listed[index]) }

  func score(at index: Int) -> Int64 { scores[Int(listed[index])] }

  /// Nil for a member who is not on the board.
  func standing(of member: Int) -> (score: Int64, reachedAt: Instant)? {
    guard instants[member] != Self.absent else { return nil }
    return (scores[member], Instant(microseconds: instants[member]))
  }

  /// Where a member who is on the board is listed.
  func index(of member: Int) -> Int {
    let (merit, instant) = (merit(of: member), instants[member])
    return first { other in
      let its = self.merit(of: other)
      if its != merit { return its > merit }
      return instants[other] == instant ? other < member : instants[other] < instant
    }
  }

  /// How many are strictly better than the score.
  func better(than score: Int64) -> Int {
    let merit = order.merit(of: score)
    return first { self.merit(of: $0) > merit }
  }

  /// How many are in a share: whoever has the score of its last place, too.
  func members(of share: TopShare) -> Int64 {
    guard count > 0 else { return 0 }
    let last = order.merit(of: score(at: Int(share.places(of: Int64(count))) - 1))
    return Int64(first { self.merit(of: $0) >= last })
  }

  /// The score of a place counted from the lowest score on, from 1.
  func score(fromLowest place: Int) -> Int64 { score(at: order.isAscending ? place - 1 : count - place) }

  /// How many have a lower score.
  func below(_ score: Int64) -> Int {
    order.isAscending ? first { self.scores[$0] < score } : count - first { self.scores[$0] >= score }
  }

  /// The ranks of so many from there on.
  func ranks(from begin: Int, count: Int) -> [Int64] {
    guard count > 0 else { return [] }
    let merits = (begin..<(begin + count)).map { order.merit(of: score(at: $0)) }
    let before: Int64 =
      switch order.style {
      case .competition: Int64(better(than: score(at: begin)))
      case .dense: Int64(denseRanks[begin]) - 1
      case .ordinal: Int64(begin)
      }
    return order.style.ranks(ofPage: merits, offset: Int64(begin), before: before)
  }

  private func merit(of member: Int) -> Int64 { order.merit(of: scores[member]) }

  /// The first index at which the condition no longer holds; it holds for all before.
  private func first(after holds: (Int) -> Bool) -> Int {
    var (low, high) = (0, listed.count)
    while low < high {
      let middle = low + (high - low) / 2
      if holds(Int(listed[middle])) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
