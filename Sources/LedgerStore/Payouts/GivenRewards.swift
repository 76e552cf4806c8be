// What was given for the earlier revisions of some ranks, as the ledger has it: what a correction is set
// against. What was refused was not given, and what was taken back is not any more.
import Ledger
import Rewards

struct GivenRewards {
  /// A transaction that gave something, with what is left of it.
  struct Credit {
    let id: TransactionID
    let account: AccountKey
    let left: Int64
  }

  private(set) var sums: [UserID: RewardSums] = [:]
  /// In the order in which they were given.
  private(set) var credits: [AccountKey: [Credit]] = [:]

  init(_ credits: [Credit]) {
    for credit in credits where credit.left > 0 {
      sums[credit.account.user, default: RewardSums()].add(Int128(credit.left), of: credit.account.pointType)
      self.credits[credit.account, default: []].append(credit)
    }
  }

  /// Which of them are taken back for an amount, the last one first. Their sum is the amount: nobody is to
  /// give back more than he was given.
  func takingBack(_ amount: Int64, from account: AccountKey) -> [(id: TransactionID, amount: Int64)] {
    var (left, parts): (Int64, [(TransactionID, Int64)]) = (amount, [])
    for credit in (credits[account] ?? []).reversed() where left > 0 {
      let part = min(left, credit.left)
      parts.append((credit.id, part))
      left -= part
    }
    return parts
  }
}
