// What is still to be given, and what to be taken back, when the ranks that were paid were not right: the
// difference between what each should have and what each was given, by all revisions before. So the net of
// all revisions is what a clean run would have given, whatever came in between.
package import Ledger

package struct RewardCorrection: Sendable, Equatable {
  /// A difference of one user, of one point type; never zero.
  package struct Line: Sendable, Equatable {
    package let user: UserID
    package let pointType: PointTypeID
    package let amount: Int128
  }

  /// In the order of users and point types.
  package private(set) var lines: [Line] = []

  package init(from given: [UserID: RewardSums], to wanted: [UserID: RewardSums]) {
    for user in Set(given.keys).union(wanted.keys).sorted() {
      var difference = wanted[user] ?? RewardSums()
      for (type, amount) in (given[user] ?? RewardSums()).amounts { difference.add(-amount, of: type) }
      lines += difference.sorted.map { Line(user: user, pointType: $0.pointType, amount: $0.amount) }
    }
  }

  package var topUps: [Line] { lines.filter { $0.amount > 0 } }
  package var clawBacks: [Line] { lines.filter { $0.amount < 0 } }
}
