// What is to be posted for a payout: each line in its order, and what they come to. The same ranks under the
// same rules give the same lines, and these give the same hash: it is what somebody approves.
package import Cryptography
package import Ledger
package import Rewards

/// One line: so much of a point type for a user, or back from one.
package struct PayoutLeg: Sendable, Equatable {
  package enum Change: Sendable, Equatable {
    case give
    /// Of what this transaction gave.
    case takeBack(TransactionID)
  }

  package let user: UserID
  package let pointType: PointTypeID
  /// Positive.
  package let amount: Int64
  package let change: Change
  /// By which it is given. What is taken back has none: it is what no rule gives any more.
  package let rule: RewardRuleID?
  /// Nil for whom no rule rewards any more.
  package let standing: Standing?

  package struct Standing: Sendable, Equatable {
    package let place: Int32
    package let rank: Int32

    package init(place: Int32, rank: Int32) {
      self.place = place
      self.rank = rank
    }
  }

  package init(
    user: UserID, pointType: PointTypeID, amount: Int64, change: Change, rule: RewardRuleID?,
    standing: Standing?
  ) {
    self.user = user
    self.pointType = pointType
    self.amount = amount
    self.change = change
    self.rule = rule
    self.standing = standing
  }

  package var account: AccountKey { AccountKey(user: user, pointType: pointType) }
}

/// Of one point type.
package struct PayoutSum: Sendable, Equatable {
  package let pointType: PointTypeID
  package let given: Int128
  package let taken: Int128
  /// More than this the ranks may not be worth, in any revision. What is out may be more for as long as
  /// something that is to be taken back is spent.
  package let budget: Int64?

  package init(pointType: PointTypeID, given: Int128, taken: Int128, budget: Int64?) {
    self.pointType = pointType
    self.given = given
    self.taken = taken
    self.budget = budget
  }
}

package struct PayoutPlan: Sendable, Equatable {
  /// More than anybody pays at once; what is planned is held in memory.
  package static let legsMax = 1_000_000

  package let legs: [PayoutLeg]
  /// In the order of the point types' ids.
  package let sums: [PayoutSum]
  /// Who is rewarded for a rank, whether or not something is left to be given.
  package let winners: Int
  package let tiedScores: Int
  package let tiedUsers: Int
  /// Whether something was given for an earlier revision of the ranks.
  package let isCorrection: Bool
  package let hash: Digest

  package init(
    of snapshot: Snapshot, legs: [PayoutLeg], sums: [PayoutSum], winners: Int, tiedScores: Int,
    tiedUsers: Int, isCorrection: Bool
  ) {
    self.legs = legs
    self.sums = sums
    self.winners = winners
    self.tiedScores = tiedScores
    self.tiedUsers = tiedUsers
    self.isCorrection = isCorrection
    hash = Self.hash(of: legs, for: snapshot)
  }

  /// Over the snapshot with what it says, and each line: all that decides who gets what. The document of the
  /// API tells these bytes in their order, so that whoever has the lines can work it out.
  private static func hash(of legs: [PayoutLeg], for snapshot: Snapshot) -> Digest {
    var builder = DigestBuilder()
    builder.add(Array("points: plan of a payout".utf8))
    builder.add(snapshot.id.bits.high)
    builder.add(snapshot.id.bits.low)
    if let contents = snapshot.contents { builder.add(contents.digest.bytes) }
    for leg in legs {
      let user = Array(leg.user.text.utf8)
      builder.add(UInt64(user.count))
      builder.add(user)
      builder.add(leg.pointType.bits.high)
      builder.add(leg.pointType.bits.low)
      builder.add(UInt64(bitPattern: leg.amount))
      var source = leg.rule?.bits ?? UUIDBits(high: 0, low: 0)
      if case .takeBack(let original) = leg.change { source = original.bits }
      builder.add(leg.change == .give ? 0 : 1)
      builder.add(source.high)
      builder.add(source.low)
      builder.add(UInt64(UInt32(bitPattern: leg.standing?.rank ?? 0)))
      builder.add(UInt64(UInt32(bitPattern: leg.standing?.place ?? 0)))
    }
    return builder.finish()
  }
}
