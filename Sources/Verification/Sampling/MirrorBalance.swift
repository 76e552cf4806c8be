// Whether a mirror holds as many members as it must. Writing keeps the number of accounts and that of the
// members of `balance` the same, in one step each time, and no account ever leaves a board or a mirror. So a
// sorted set that was emptied or shortened under a whole marker shows in a few look-ups.
package import BoardStore
import Boards

package struct MirrorBalance: Sendable, Equatable {
  package enum Verdict: Sendable, Equatable {
    case even
    /// Hash and boards do not fit, by so many: a search finds what is wrong.
    case uneven(Int64)
    /// So many of so many are gone that ranks mean nothing: the mirror must not be read.
    case lost(Int64, of: Int64)
  }

  /// One of a hundred may be missing while they are searched for.
  private static let lostPercent: Int64 = 1

  private var epoch: Int64 = 0
  private var position: Int64 = 0
  private var accounts: Int64 = 0
  private var earners: Int64 = 0

  package init() {}

  /// Whether a board that lacks so many must not be read.
  static func isTooMuch(_ lost: Int64, of total: Int64) -> Bool { lost * 100 > total * lostPercent }

  /// Judges a mirror by itself and by what was seen of the same epoch before. A position that went back says
  /// that Redis did: then nothing is known from before.
  package mutating func judge(_ weight: MirrorWeight, epoch: Int64) -> Verdict {
    if epoch != self.epoch || weight.position < position { self = MirrorBalance() }
    let members = weight.members[.balance] ?? 0
    let earning = weight.members[.earned] ?? 0
    let sum = weight.sums[.earned] ?? nil
    // Who has earned nothing is on no board of it, but then there is no sum either.
    let earnersLost = max(earners - earning, earning == 0 && sum != 0 ? 1 : 0)
    let lost = max(weight.accounts - members, accounts - weight.accounts, earnersLost)
    // Whoever has a place in a period may leave it again, but with the last the sum goes.
    let emptied = weight.members.count { board, members in
      !MirroredSet.always.contains(board) && members == 0 && (weight.sums[board] ?? nil) != 0
    }
    let total = max(weight.accounts, accounts, earners)
    (self.epoch, position) = (epoch, weight.position)
    accounts = max(accounts, weight.accounts)
    earners = max(earners, earning)
    if Self.isTooMuch(lost, of: total) { return .lost(lost, of: total) }
    let uneven = max(lost, members - weight.accounts, Int64(emptied))
    return uneven != 0 ? .uneven(uneven) : .even
  }
}
