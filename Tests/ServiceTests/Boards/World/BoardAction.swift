// What may happen to boards: drawn with all that is random about it, so that a seed tells what will be tried.
import Boards
import Ledger
import TestSupport

enum BoardAction: Sendable {
  /// A posting: for each leg a user, an amount, a kind, whether it is a credit, a category, and how long ago
  /// it happened.
  struct Draft: Sendable {
    let user: UserID
    let amount: Int64
    let kind: Kind
    let isCredit: Bool
    let category: String?
    let ago: Int64?
  }

  case post([[Draft]])
  /// Which of what was posted is taken back, and how much of it.
  case takeBack(pick: Int, amount: Int64?, allowsPartial: Bool)
  case define(BoardPlan)
  case remove(pick: Int)
  /// The end of the period that is under way; so much later or earlier, or as soon as may be.
  case moveEnd(pick: Int, by: Int64?)
  case announce(pick: Int, after: Int64, length: Int64)
  case enable(UserID, Bool)
  case close, fill, fillStep, look, follow, deliver
}

extension BoardAction: CustomStringConvertible {
  var description: String {
    switch self {
    case .post(let postings): "post \(postings.map(\.count))"
    case .takeBack(let pick, let amount, _): "take back \(pick) (\(amount ?? 0))"
    case .define(let plan): "define \(plan.name) \(plan.traits.rule) \(plan.traits.metric)"
    case .remove(let pick): "remove \(pick)"
    case .moveEnd(let pick, let by): "move \(pick) by \(by ?? 0)"
    case .announce(let pick, _, _): "announce on \(pick)"
    case .enable(let user, let isEnabled): "\(isEnabled ? "enable" : "disable") \(user)"
    case .close: "close"
    case .fill: "fill"
    case .fillStep: "fill some"
    case .look: "look"
    case .follow: "follow"
    case .deliver: "deliver"
    }
  }
}

/// Draws actions, and how time passes.
struct BoardDraw {
  /// To Swift the last two are the same text.
  static let users = (["a", "b", "c", "Z", "0", "z z", "\u{fc}", "u\u{308}"]).map { UserID(stored: $0) }

  var random: SeededGenerator
  let zone: String
  private var boardsDrawn = 0

  init(_ random: SeededGenerator, zone: String) {
    (self.random, self.zone) = (random, zone)
  }

  private static let hour: Int64 = 3_600_000_000

  mutating func action(at now: Int64) -> BoardAction {
    switch Int.random(in: 0..<100, using: &random) {
    case 0..<38: return .post((0..<Int.random(in: 1...3, using: &random)).map { _ in posting() })
    case 38..<52:
      return .takeBack(
        pick: .random(in: 0...Int.max, using: &random), amount: Bool.random(using: &random) ? nil : 1,
        allowsPartial: .random(using: &random))
    case 52..<57: return define(at: now)
    case 57..<59: return .remove(pick: pick())
    case 59..<64:
      let by = Int64.random(in: -12 * Self.hour...12 * Self.hour, using: &random)
      return .moveEnd(pick: pick(), by: Bool.random(using: &random) ? nil : by)
    case 64..<66:
      return .announce(
        pick: pick(), after: .random(in: 0...6 * Self.hour, using: &random),
        length: .random(in: 1...30 * Self.hour, using: &random))
    case 66..<72:
      return .enable(Self.users.randomElement(using: &random) ?? Self.users[0], .random(using: &random))
    case 72..<80: return .close
    case 80..<84: return .fill
    case 84..<88: return .fillStep
    case 88..<91: return .look
    case 91..<95: return .follow
    case _: return .deliver
    }
  }

  mutating func define(at now: Int64) -> BoardAction {
    boardsDrawn += 1
    return .define(BoardPlan(boardsDrawn, at: now, zone: zone, &random))
  }

  /// Whom nobody mentions again: so many that a board is filled in more than one step.
  mutating func crowd() -> BoardAction {
    .post([
      (0..<260).map {
        BoardAction.Draft(
          user: UserID(stored: "idle-\($0)"), amount: Int64($0 % 7 + 1), kind: .award, isCredit: true,
          category: nil, ago: nil)
      }
    ])
  }

  private mutating func pick() -> Int { .random(in: 0...Int.max, using: &random) }

  private mutating func posting() -> [BoardAction.Draft] {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in
      let isCredit = Int.random(in: 0..<3, using: &random) > 0
      let credits: [Kind] = [.award, .award, .award, .refund, .distribution, .adjustment, .genesis]
      let debits: [Kind] = [.purchase, .purchase, .redemption, .penalty]
      let agos: [Int64?] = [
        nil, nil, 0, 1, .random(in: 0...Self.hour, using: &random),
        .random(in: 0...60 * Self.hour, using: &random), -5_000_000,
      ]
      return BoardAction.Draft(
        user: Self.users.randomElement(using: &random) ?? Self.users[0],
        amount: .random(in: 1...5, using: &random),
        kind: (isCredit ? credits : debits).randomElement(using: &random) ?? .award, isCredit: isCredit,
        category: BoardPlan.words.randomElement(using: &random) ?? nil,
        ago: agos.randomElement(using: &random) ?? nil)
    }
  }

  /// How much later it is, where it is not one of these bounds, or an instant beside it.
  mutating func next(after now: Int64, latest: Int64, bounds: [Int64]) -> Int64 {
    switch Int.random(in: 0..<12, using: &random) {
    case 0...4:
      // Each look at the clock takes it further by one: so some are before the bound, and some behind it.
      let bound = bounds.prefix(6).randomElement(using: &random) ?? now
      return max(now, bound - Int64.random(in: 0...8, using: &random))
    case 5: return now + .random(in: 0...2_000_000, using: &random)
    case 6...7: return now + .random(in: 0...Self.hour, using: &random)
    case 8...9: return now + .random(in: 0...8 * Self.hour, using: &random)
    case 10: return now + .random(in: 0...80 * Self.hour, using: &random)
    // A clock may be put back; by less than the notice at which periods are ended.
    case _: return max(latest - 400_000, now - 400_000)
    }
  }
}
