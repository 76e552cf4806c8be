// Who is listed on a board, in which order and with which rank, counted in the plainest way.
import Boards
import Ledger

struct RankedRow: Hashable {
  let rank: Int64
  let user: UserID
  let score: Int64
  let reachedAt: Int64
}

struct BoardRanking {
  let traits: BoardTraits

  func rows(of slots: [FoldedSlot], isEnabled: (UserID) -> Bool) -> [RankedRow] {
    let limits = traits.eligibility
    let listed = slots.filter { slot in
      (limits.minScore.map { slot.score >= $0 } ?? true) && (limits.minCount.map { slot.count >= $0 } ?? true)
        && (!limits.enabledOnly || isEnabled(slot.user))
    }
    let sorted = listed.sorted { left, right in
      if left.score != right.score { return traits.order.isAscending == (left.score < right.score) }
      if left.reachedAt != right.reachedAt { return left.reachedAt < right.reachedAt }
      return left.user.text.utf8.lexicographicallyPrecedes(right.user.text.utf8)
    }
    return sorted.indices.map { place in
      let slot = sorted[place]
      let better = sorted.filter {
        $0.score != slot.score && traits.order.isAscending == ($0.score < slot.score)
      }
      let rank =
        switch traits.order.style {
        case .competition: better.count + 1
        case .dense: Set(better.map(\.score)).count + 1
        case .ordinal: place + 1
        }
      return RankedRow(rank: Int64(rank), user: slot.user, score: slot.score, reachedAt: slot.reachedAt)
    }
  }
}
