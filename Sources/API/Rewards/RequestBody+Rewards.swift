// What rewards are asked for with: parts of a hundred, and amounts of several point types.
import Boards
import HTTPServer
import JSON
import Ledger
import LedgerStore
import Rewards

/// An amount of a point type as a caller names it.
struct NamedAmount: Sendable {
  /// Nil means the default type.
  let pointType: String?
  let amount: Int64
  /// Where the type stands, for the sentence that refuses it.
  let place: String
}

extension RequestBody {
  /// A part of a hundred with two decimals at most, in hundredths.
  mutating func optionalPercent(_ name: String, in allowed: ClosedRange<Int64>) throws(Problem) -> Int64? {
    guard let value = value(name) else { return nil }
    guard case .number(let number) = value, let count = Hundredths(number.text)?.count,
      let hundredths = Int64(exactly: count), allowed ~= hundredths
    else {
      let (least, most) = (
        Hundredths(count: Int128(allowed.lowerBound)), Hundredths(count: Int128(allowed.upperBound))
      )
      throw problem(name, "must be a number from \(least) to \(most) with two decimals at most")
    }
    return hundredths
  }

  /// An amount that may be given for a rank.
  mutating func optionalReward(_ name: String) throws(Problem) -> Int64? {
    guard let amount = try optionalAmount(name) else { return nil }
    guard amount <= Reward.amountMax else {
      throw problem(name, "must be at most \(Reward.amountMax)", code: .invalidAmount)
    }
    return amount
  }

  /// `[{"pointType": ..., "amount": ...}]`.
  mutating func optionalAmounts(
    _ name: String, count: ClosedRange<Int>
  ) throws(Problem) -> [NamedAmount]? {
    guard let objects = try optionalObjects(name, count: count) else { return nil }
    var amounts: [NamedAmount] = []
    for var object in objects {
      let pointType = try object.optionalString("pointType", bytes: PointTypeLookup.nameBytesMax)
      guard let amount = try object.optionalReward("amount") else {
        throw object.problem("amount", "is required: the amount of points", code: .invalidAmount)
      }
      try object.finish()
      amounts.append(
        NamedAmount(pointType: pointType, amount: amount, place: object.place.text(of: "pointType")))
    }
    return amounts
  }
}

extension PointTypeLookup {
  /// Each type once.
  func amounts(_ named: [NamedAmount]) async throws(Problem) -> [PointTypeID: Int64] {
    let moment = catalog.moment
    var amounts: [PointTypeID: Int64] = [:]
    for one in named {
      let type = try await type(one.pointType, since: moment).id
      guard amounts.updateValue(one.amount, forKey: type) == nil else {
        throw .field(one.place, "is there twice: each point type is given once")
      }
    }
    return amounts
  }
}
