// What the lines of a report come to, added up while they are written: so its sums are those of its lines,
// and can be held against what was planned and what was noted when it was paid.
import Ledger
import LedgerStore

struct ReportTally {
  /// Of one point type, what is given or what is taken back.
  struct Sum {
    let pointType: PointTypeID
    let isGiven: Bool
    fileprivate(set) var lines: Int64 = 0
    fileprivate(set) var refusedLines: Int64 = 0
    fileprivate(set) var amount: Int128 = 0
    fileprivate(set) var posted: Int128 = 0

    var outstanding: Int128 { amount - posted }
  }

  private struct Key: Hashable {
    let pointType: PointTypeID
    let isGiven: Bool
  }

  private var sums: [Key: Sum] = [:]
  private var lines: Int64 = 0
  /// Of which the last attempt took effect, and did not: as they are counted when they are paid.
  private var credited: Int64 = 0
  private var refused: Int64 = 0
  /// Whether a line took effect of which there is no transaction.
  private var isLacking = false

  mutating func add(_ legs: [ReportedLeg]) {
    for leg in legs {
      let key = Key(pointType: leg.line.leg.pointType, isGiven: leg.line.leg.change == .give)
      var sum = sums[key] ?? Sum(pointType: key.pointType, isGiven: key.isGiven)
      sum.lines += 1
      if leg.state == .refused { sum.refusedLines += 1 }
      sum.amount += Int128(leg.line.leg.amount)
      sum.posted += Int128(leg.effective)
      sums[key] = sum
      lines += 1
      guard leg.wasPosted else { continue }
      if leg.refusal == nil { credited += 1 } else { refused += 1 }
      if leg.refusal == nil, leg.transactions.isEmpty { isLacking = true }
    }
  }

  /// In the order of the point types' ids, what is given first.
  var inOrder: [Sum] {
    sums.values.sorted {
      $0.pointType == $1.pointType ? $0.isGiven && !$1.isGiven : $0.pointType < $1.pointType
    }
  }

  /// Whether the lines are those of the plan, and took effect as often as was noted.
  func agrees(with distribution: Distribution, _ planned: [PayoutSum]) -> Bool {
    guard lines == Int64(distribution.legs), credited == distribution.progress.credited,
      refused == distribution.progress.refused, !isLacking
    else { return false }
    var expected: [Key: Int128] = [:]
    for sum in planned {
      expected[Key(pointType: sum.pointType, isGiven: true)] = sum.given
      expected[Key(pointType: sum.pointType, isGiven: false)] = sum.taken
    }
    return sums.mapValues(\.amount) == expected.filter { $0.value != 0 }
  }
}
