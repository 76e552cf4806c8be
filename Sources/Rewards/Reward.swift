// What somebody is given for a rank.
package import Ledger

/// An amount of points of one type; positive.
package struct Reward: Sendable, Equatable {
  /// More than a game ever gives.
  package static let amountMax: Int64 = 1_000_000_000_000_000_000

  package let pointType: PointTypeID
  package let amount: Int128

  /// Nil for what nobody can be given.
  package init?(_ amount: Int64, of pointType: PointTypeID) {
    guard 1...Self.amountMax ~= amount else { return nil }
    self.init(part: Int128(amount), of: pointType)
  }

  /// A part of what equals get together. Where many rules reward one place it may be more than one may give;
  /// who gets so much is refused it when it is credited, and not before.
  init(part amount: Int128, of pointType: PointTypeID) {
    self.amount = amount
    self.pointType = pointType
  }
}

/// Amounts of several point types; none is zero. Sums are wider than any balance, so that adding up never
/// fails: whether somebody can be given as much is for the ledger to say.
package struct RewardSums: Sendable, Equatable {
  package private(set) var amounts: [PointTypeID: Int128] = [:]

  package init() {}

  package var isEmpty: Bool { amounts.isEmpty }

  package subscript(_ type: PointTypeID) -> Int128 { amounts[type] ?? 0 }

  package mutating func add(_ amount: Int128, of type: PointTypeID) {
    let sum = self[type] + amount
    amounts[type] = sum == 0 ? nil : sum
  }

  package mutating func add(_ other: RewardSums) {
    for (type, amount) in other.amounts { add(amount, of: type) }
  }

  /// In the order of the types' ids, the same wherever it is asked for.
  package var sorted: [(pointType: PointTypeID, amount: Int128)] {
    amounts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
