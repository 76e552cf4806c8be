// Something that gave or took points.
package import Ledger

package struct Deed: Sendable, Equatable {
  /// The place of its point type in the plan's.
  package let type: Int
  package let change: Leg.Change
  package let kind: Kind
  package let category: String?
  package let reason: String
  package let occurredAt: Instant
  /// Whether it turns out to be a mistake and is taken back.
  package let isMistaken: Bool

  package func leg(of user: UserID, types: [PointTypeID]) -> Leg {
    var details = TransactionDetails()
    details.category = category
    details.reason = reason
    details.occurredAt = occurredAt
    return Leg(
      account: AccountKey(user: user, pointType: types[type]), change: change, kind: kind, details: details)
  }

  package static func == (left: Self, right: Self) -> Bool {
    left.type == right.type && left.figure == right.figure && left.kind == right.kind
      && left.category == right.category && left.reason == right.reason
      && left.occurredAt == right.occurredAt && left.isMistaken == right.isMistaken
  }

  /// What it adds; negative where it takes.
  package var figure: Int64 {
    switch change {
    case .credit(let amount): amount
    case .debit(let amount): -amount
    case .reversal: 0
    }
  }
}
